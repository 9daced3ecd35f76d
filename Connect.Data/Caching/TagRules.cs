using Connect.Caching.Layers;

namespace Connect.Data.Caching;

/// <summary>Which tags an administrator may evict.</summary>
public static class TagRules
{
    /// <summary>The reason why a text is no valid tag, in English; null if it is valid.</summary>
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
            // Without the parameter's name, which the framework appends.
            return exception.Message.Split(" (Parameter")[0];
        }
    }
}
