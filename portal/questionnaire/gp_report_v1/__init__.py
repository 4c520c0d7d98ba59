"""The GP report, version 1: the questions, one file for each group of sections."""
