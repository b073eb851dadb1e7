"""One folder per tool; the registry names them and nothing else knows them apart."""
