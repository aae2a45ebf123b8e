"""What exists: models, dialects, prices, names. Data files and a small loader.

One model costs one small file: the index says in which file an id lies, and nothing else is parsed until it is asked
for. A folder of the user's (``KIE_CATALOGUE`` or ``Catalogue(folder)``) is merged over the data that ship.
"""

from kie.catalogue.dialect import Dialect
from kie.catalogue.files import Catalogue, default_catalogue
from kie.catalogue.model import Model
from kie.catalogue.names import Resolution

__all__ = ["Catalogue", "Dialect", "Model", "Resolution", "default_catalogue"]
