"""How live is the timeline, at a thousand open pages and at five thousand?"""
