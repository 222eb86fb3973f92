"""A project for every test."""

from tests.pipeline.fixtures import lasting_reader, office, one_reader, own_reader

__all__ = ["lasting_reader", "office", "one_reader", "own_reader"]
