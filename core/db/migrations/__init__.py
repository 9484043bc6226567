"""The shop database's schema, step by step. core.db.migrate runs versions/ in order"""
