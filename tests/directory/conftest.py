"""The register as it ships, loaded once for the tests of a module."""

from tests.registers.shipped import register_of_module

__all__ = ["register_of_module"]
