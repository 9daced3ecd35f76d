namespace Aspire.Hosting.ApplicationModel;

/// <summary>The names that Aspire accepts for a resource.</summary>
internal static class ResourceNames
{
    private const int MaxLength = 64;

    public static void Validate(string name)
    {
        if (name.Length > MaxLength)
        {
            throw new ArgumentException($"The resource name '{name}' is longer than {MaxLength} characters.", nameof(name));
        }

        if (name.Length == 0 || !char.IsAsciiLetter(name[0]))
        {
            throw new ArgumentException($"The resource name '{name}' must start with an ASCII letter.", nameof(name));
        }

        if (!name.All(character => char.IsAsciiLetterOrDigit(character) || character == '-'))
        {
            throw new ArgumentException($"The resource name '{name}' may hold only ASCII letters, digits and hyphens.", nameof(name));
        }

        if (name.EndsWith('-') || name.Contains("--", StringComparison.Ordinal))
        {
            throw new ArgumentException($"The resource name '{name}' may not end with a hyphen or hold two in a row.", nameof(name));
        }
    }
}
