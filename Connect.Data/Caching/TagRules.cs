using Connect.Caching.Layers;

namespace Connect.Data.Caching;

/// <summary>What an administrator may evict.</summary>
public static class TagRules
{
    /// <summary>Why this cannot be a tag; null if it can.</summary>
    public static string? FindError(string tag)
    {
        if (tag.Any(char.IsControl))
        {
            return "A tag has no control characters.";
        }

        try
        {
            CacheTags.Validate(tag);
            return null;
        }
        catch (ArgumentException exception)
        {
            // Without the framework's note of the parameter, which is nobody's business outside.
            return exception.Message.Split(" (Parameter")[0];
        }
    }
}
