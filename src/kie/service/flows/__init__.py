"""Flows: generations that wait for each other, declared as YAML or in Python.

`declaring` is the model of a declaration, `mapping` makes one of plain data or YAML, `references` resolves ``${…}``,
`checking` finds what is wrong with one before anything is spent, `estimating` tells what a run may cost. `deciding`
tells how a run goes on, `deeds` are the transactions by which it does: they insert ledger rows under names that follow
from run, step and place, so that doing it again spends nothing. `running` puts both together, `engine` has that done
durably, behind an interface of ours. `media` is what local steps do with files.
"""
