using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Connect.Client;

/// <summary>
/// Connect's HTTP API: a method for each operation of its OpenAPI document, from which the rest of this class is generated.
/// <c>AddConnectClient</c> makes one that signs in and retries; one that is made by hand does neither.
/// </summary>
/// <remarks>
/// Every answer that is no success is an <see cref="ApiException"/>; <see cref="ApiExceptionProblems.ProblemType"/> says which. An answer
/// 304 to <c>If-None-Match</c> is one, too. Safe for concurrent use.
/// </remarks>
public partial class ConnectClient
{
    /// <summary>One page of the announcements that a filter lets through.</summary>
    /// <param name="filter">Which programs, in which order.</param>
    /// <param name="facets">Whether to count the programs of the whole list by agency, kind, status, sector, region and audience.</param>
    /// <param name="limit">Items of a page at most: 1 to 100, by default 20.</param>
    /// <param name="cursor">From the previous page; null for the first.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="ApiException">The API refuses the request, or cannot answer it.</exception>
    public Task<ProgramPage> ListProgramsAsync(
        ProgramFilter filter, bool? facets = null, int? limit = null, string? cursor = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return ListProgramsAsync(
            q: filter.Q,
            agency: filter.Agency,
            kind: filter.Kind,
            status: filter.Status,
            sector: filter.Sector,
            region: filter.Region,
            audience: filter.Audience,
            trl: filter.Trl?.Select(level => level.ToString(CultureInfo.InvariantCulture)),
            unrestricted: filter.Unrestricted,
            amountFrom: filter.AmountFrom?.ToString(CultureInfo.InvariantCulture),
            amountTo: filter.AmountTo?.ToString(CultureInfo.InvariantCulture),
            publishedFrom: filter.PublishedFrom?.ToString(),
            publishedTo: filter.PublishedTo?.ToString(),
            deadlineFrom: filter.DeadlineFrom?.ToString(),
            deadlineTo: filter.DeadlineTo?.ToString(),
            sort: filter.Sort,
            facets: facets,
            highlight: filter.Highlight,
            limit: limit,
            cursor: cursor,
            cancellationToken: cancellationToken);
    }

    static partial void UpdateJsonSerializerSettings(JsonSerializerOptions settings)
    {
        // Those of lists too, which have no converter of their own.
        settings.Converters.Add(new JsonStringEnumConverter());
        settings.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
    }
}
