namespace Connect.Benchmarks;

/// <summary>A command line that asks for something that there is not. The message says what is wrong.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>The words behind a command's name: each is taken once, options first, and those left over are refused.</summary>
internal sealed class Arguments(params IEnumerable<string> words)
{
    private readonly List<string> _words = [.. words];

    /// <summary>Takes an option that has no value; whether it was there.</summary>
    public bool Has(string option) => _words.Remove(option);

    /// <summary>Takes an option and the word behind it; null where the option is not there.</summary>
    /// <exception cref="UsageException">There is no word behind it.</exception>
    public string? Text(string option)
    {
        if (_words.IndexOf(option) is >= 0 and var place)
        {
            _words.RemoveAt(place);
            return Take(place) ?? throw new UsageException($"'{option}' needs a value.");
        }

        return null;
    }

    /// <summary>Takes an option whose value is a number.</summary>
    /// <exception cref="UsageException">It is out of range.</exception>
    public double? Number(string option, double least, double most) => Text(option) is not { } text ? null
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most ? number
        : throw new UsageException(FormattableString.Invariant($"'{option}' is a number from {least} to {most}."));

    /// <summary>Takes an option whose value is a whole number.</summary>
    /// <exception cref="UsageException">It is out of range.</exception>
    public int? Count(string option, int least, int most) => Text(option) is { } text ? Whole(text, option, least, most) : null;

    /// <summary>Takes the next word; null where none is left.</summary>
    public string? Next() => Take(place: 0);

    /// <summary>Takes the next word, a whole number; null where none is left.</summary>
    /// <exception cref="UsageException">It is out of range.</exception>
    public int? NextCount(string name, int least, int most) => Next() is { } text ? Whole(text, name, least, most) : null;

    /// <summary>To be called when everything is taken.</summary>
    /// <exception cref="UsageException">A word is left over.</exception>
    public void End()
    {
        if (_words is [var word, ..])
        {
            throw new UsageException($"'{word}' is one word too many.");
        }
    }

    private string? Take(int place)
    {
        var word = _words.ElementAtOrDefault(place);
        if (word is not null)
        {
            _words.RemoveAt(place);
        }

        return word;
    }

    private static int Whole(string text, string name, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= least && count <= most
            ? count
            : throw new UsageException($"'{name}' is a whole number from {least} to {most}.");
}
