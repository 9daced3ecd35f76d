using System.Text.RegularExpressions;

namespace Connect.AppHost.Servers.Prometheus;

/// <summary>The shipped configuration of Prometheus, made to fit this run.</summary>
internal static partial class PrometheusConfiguration
{
    public const string FileName = "prometheus.yml";

    /// <summary>The API's address in the shipped file.</summary>
    public const string ShippedAddress = "http://localhost:5180";

    /// <summary>Leads to the API of this run, and to the rule files where they are.</summary>
    /// <param name="text">The configuration as it is shipped.</param>
    /// <param name="folder">The folder that its relative paths begin in.</param>
    /// <param name="api">The API's address.</param>
    public static string Render(string text, string folder, Uri api) =>
        RuleFile().Replace(
            text.Replace(ShippedAddress, api.ToString().TrimEnd('/'), StringComparison.Ordinal),
            match => $"'{Path.Combine(folder, match.Value).Replace("'", "''", StringComparison.Ordinal)}'");

    [GeneratedRegex(@"(?<=^\s*-\s+)rules/\S+$", RegexOptions.Multiline)]
    private static partial Regex RuleFile();
}
