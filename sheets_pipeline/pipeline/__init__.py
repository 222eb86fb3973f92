"""The order of the stages and nothing else: build, check, collect, compare, report, export."""
