using System.Collections.Immutable;
using System.Globalization;
using Connect.ScraperWorker.Boards;

namespace Connect.ScraperWorker.Crawl.Pages;

/// <summary>A call of a script function, which some lists have in place of a link: <c>fn_view('123', 'A')</c>.</summary>
internal sealed record ScriptCall(ImmutableArray<string> Arguments)
{
    private const int LongestArgument = 100;
    private const int LongestScript = 2_000;

    /// <summary>Finds the first complete call of a function in a script; null where there is none.</summary>
    public static ScriptCall? Find(string? script, string function)
    {
        script = script?.Length > LongestScript ? script[..LongestScript] : script;
        for (var at = IndexOf(script, function, 0); at >= 0; at = IndexOf(script, function, at + 1))
        {
            if (at > 0 && IsNamePart(script![at - 1]))
            {
                continue;
            }

            var rest = script.AsSpan(at + function.Length).TrimStart();
            if (rest is ['(', .. var arguments] && Read(arguments) is { } call)
            {
                return call;
            }
        }

        return null;
    }

    /// <summary>Puts the arguments into a template with {0}, {1} and so on; null where it names one that is missing or empty.</summary>
    public string? Fill(string template)
    {
        for (var i = 0; i < BoardOptions.MostArguments; i++)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{{{i}}}");
            if (template.Contains(place, StringComparison.Ordinal))
            {
                if (i >= Arguments.Length || Arguments[i].Length is 0 or > LongestArgument)
                {
                    return null;
                }

                template = template.Replace(place, Uri.EscapeDataString(Arguments[i]), StringComparison.Ordinal);
            }
        }

        return template;
    }

    private static int IndexOf(string? script, string function, int from) =>
        script is null ? -1 : script.IndexOf(function, from, StringComparison.Ordinal);

    private static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c is '_' or '$';

    // Only strings and numbers are parsed; anything else becomes an empty argument, which fits no template.
    private static ScriptCall? Read(ReadOnlySpan<char> text)
    {
        var arguments = ImmutableArray.CreateBuilder<string>();
        while (arguments.Count < BoardOptions.MostArguments)
        {
            text = text.TrimStart();
            var quote = text is ['\'' or '"', ..] ? text[0] : '\0';
            text = quote == '\0' ? text : text[1..];
            var end = quote == '\0' ? text.IndexOfAny(',', ')') : text.IndexOf(quote);
            if (end < 0)
            {
                return null;
            }

            var argument = text[..end].Trim();
            arguments.Add(quote != '\0' || !argument.ContainsAnyExceptInRange('0', '9') ? argument.ToString() : string.Empty);
            text = (quote == '\0' ? text[end..] : text[(end + 1)..]).TrimStart();
            if (text is not [',', ..])
            {
                return text is [')', ..] ? new(arguments.ToImmutable()) : null;
            }

            text = text[1..];
        }

        return new(arguments.ToImmutable());
    }
}
