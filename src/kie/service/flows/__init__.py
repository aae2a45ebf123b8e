"""Flows: generations that wait for each other, declared as YAML or in Python.

`declaring` is the model of a declaration, `reading` makes one of YAML, `references` resolves ``${…}``, `checking` finds
what is wrong with one before anything is spent, `estimating` tells what a run may cost. `advancing` is the one
transaction by which a run goes on: it inserts ledger rows under names that follow from run, step and place, so that
doing it again spends nothing. `engine` runs that durably, behind an interface of ours.
"""
