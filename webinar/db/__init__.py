"""The database: Base, column types, store and transaction()."""
