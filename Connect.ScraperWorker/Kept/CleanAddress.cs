using System.Text;
using System.Text.RegularExpressions;

namespace Connect.ScraperWorker.Kept;

/// <summary>Links and script calls of a kept page, without values that can be somebody's or secret.</summary>
internal static partial class CleanAddress
{
    private const int MostParameters = 50;

    /// <summary>A link: its path, and of its parameters the names.</summary>
    /// <param name="link">The link, as the page writes it.</param>
    /// <param name="keeps">Which parameters keep their value; none where it is left out.</param>
    public static string Of(string link, Func<string, bool>? keeps = null)
    {
        var trimmed = link.Trim();
        if (SchemeRegex().Match(trimmed) is { Success: true } scheme)
        {
            return scheme.Value.Equals("javascript:", StringComparison.OrdinalIgnoreCase)
                ? Script(trimmed)
                : scheme.Value + PersonalData.Mask;
        }

        var fragment = trimmed.IndexOf('#', StringComparison.Ordinal);
        var address = fragment > 0 ? trimmed[..fragment] : trimmed;
        var query = address.IndexOf('?', StringComparison.Ordinal);
        var path = Path(query < 0 ? address : address[..query]);
        return query < 0 ? path : $"{path}?{string.Join('&', Parameters(address[(query + 1)..], keeps))}";
    }

    /// <summary>A script call, with its arguments as far as they name no one.</summary>
    public static string Script(string call) => PersonalData.MaskNumbers(
        ArgumentRegex().Replace(call, static argument => Ascii.IsValid(argument.ValueSpan) ? argument.Value : $"'{PersonalData.Mask}'"));

    private static string Path(string path)
    {
        var segments = UserRegex().Replace(ParameterRegex().Replace(path, string.Empty), "//").Split('/');
        for (var i = 0; i < segments.Length; i++)
        {
            var text = Uri.UnescapeDataString(segments[i]);
            segments[i] = !Ascii.IsValid(text) ? PersonalData.Mask : PersonalData.MaskNumbers(segments[i]);
        }

        return string.Join('/', segments);
    }

    private static IEnumerable<string> Parameters(string query, Func<string, bool>? keeps) =>
        query.Split('&', StringSplitOptions.RemoveEmptyEntries).Take(MostParameters).Select(parameter =>
        {
            var equals = parameter.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? parameter : parameter[..equals];
            return keeps?.Invoke(name) == true ? PersonalData.MaskNumbers(parameter) : PersonalData.MaskNumbers(name);
        });

    [GeneratedRegex(@"\A(?!https?:)[a-z][a-z0-9+.-]{0,20}:", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SchemeRegex();

    [GeneratedRegex(@";[^/?]{0,500}", RegexOptions.CultureInvariant)]
    private static partial Regex ParameterRegex();

    [GeneratedRegex(@"//[^/@\s]{1,200}@", RegexOptions.CultureInvariant)]
    private static partial Regex UserRegex();

    [GeneratedRegex(@"'[^']{0,1000}'|""[^""]{0,1000}""", RegexOptions.CultureInvariant)]
    private static partial Regex ArgumentRegex();
}
