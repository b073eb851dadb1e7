"""Does Baton keep its promises while everything is killed? `make chaos`."""
