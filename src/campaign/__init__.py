"""Safe Path: turns Markdown and contacts into one help site for every municipality."""
