"""Tests of programmes/supervision."""
