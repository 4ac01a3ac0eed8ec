"""Tests of programmes/settling."""
