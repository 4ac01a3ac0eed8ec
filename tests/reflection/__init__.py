"""Tests of programmes/reflection."""
