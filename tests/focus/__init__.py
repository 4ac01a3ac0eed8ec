"""Tests of programmes/focus."""
