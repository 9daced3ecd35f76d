namespace Connect.Client;

/// <summary>
/// Lists as sequences: the next page is asked for when the last item of a page has been taken, so that <c>Take(5)</c> reads one page. An item
/// whose own position changes meanwhile may come twice or not at all. A page that cannot be read ends the sequence with an
/// <see cref="ApiException"/>. <c>pageSize</c> is 1 to 100, by default the API's 20.
/// </summary>
public static class ConnectClientLists
{
    /// <summary>Announcements.</summary>
    /// <param name="client">The client.</param>
    /// <param name="filter">Which programs, in which order; by default all, the open ones first.</param>
    /// <param name="pageSize">Items of a page at most.</param>
    /// <param name="cancellationToken">Ends the request of a page.</param>
    public static IAsyncEnumerable<ProgramSummary> EnumerateProgramsAsync(
        this ConnectClient client, ProgramFilter? filter = null, int? pageSize = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync<ProgramSummary>(
            async (cursor, token) => await client
                .ListProgramsAsync(filter ?? new(), limit: pageSize, cursor: cursor, cancellationToken: token)
                .ConfigureAwait(false),
            cancellationToken);

    /// <summary>The organization's stored matches, the best first.</summary>
    /// <param name="client">The client.</param>
    /// <param name="organizationId">The caller's organization.</param>
    /// <param name="q">Words that the program or the note has: all of them, in any order.</param>
    /// <param name="saved">Only matches that are kept (true), or not (false).</param>
    /// <param name="viewed">Only matches that were seen (true), or not (false).</param>
    /// <param name="status">Only matches with one of these statuses.</param>
    /// <param name="pageSize">Items of a page at most.</param>
    /// <param name="cancellationToken">Ends the request of a page.</param>
    public static IAsyncEnumerable<StoredMatchItem> EnumerateMatchesAsync(
        this ConnectClient client,
        Guid organizationId,
        string? q = null,
        bool? saved = null,
        bool? viewed = null,
        IEnumerable<MatchStatus>? status = null,
        int? pageSize = null,
        CancellationToken cancellationToken = default) =>
        Pages.ReadAsync<StoredMatchItem>(
            async (cursor, token) => await client
                .ListMatchesAsync(
                    organizationId, q: q, saved: saved, viewed: viewed, status: status, limit: pageSize, cursor: cursor, cancellationToken: token)
                .ConfigureAwait(false),
            cancellationToken);

    /// <summary>Changes of a match's marks, the latest first.</summary>
    /// <param name="client">The client.</param>
    /// <param name="id">The match.</param>
    /// <param name="pageSize">Items of a page at most.</param>
    /// <param name="cancellationToken">Ends the request of a page.</param>
    public static IAsyncEnumerable<MatchMarkChangeItem> EnumerateMatchHistoryAsync(
        this ConnectClient client, Guid id, int? pageSize = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync<MatchMarkChangeItem>(
            async (cursor, token) => await client
                .ListMatchHistoryAsync(id, limit: pageSize, cursor: cursor, cancellationToken: token)
                .ConfigureAwait(false),
            cancellationToken);

    /// <summary>An organization's members.</summary>
    /// <param name="client">The client.</param>
    /// <param name="id">The organization.</param>
    /// <param name="pageSize">Items of a page at most.</param>
    /// <param name="cancellationToken">Ends the request of a page.</param>
    public static IAsyncEnumerable<MemberItem> EnumerateMembersAsync(
        this ConnectClient client, Guid id, int? pageSize = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync<MemberItem>(
            async (cursor, token) => await client
                .ListMembersAsync(id, limit: pageSize, cursor: cursor, cancellationToken: token)
                .ConfigureAwait(false),
            cancellationToken);

    /// <summary>An organization's invitations that can be accepted.</summary>
    /// <param name="client">The client.</param>
    /// <param name="id">The organization.</param>
    /// <param name="pageSize">Items of a page at most.</param>
    /// <param name="cancellationToken">Ends the request of a page.</param>
    public static IAsyncEnumerable<InvitationItem> EnumerateInvitationsAsync(
        this ConnectClient client, Guid id, int? pageSize = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync<InvitationItem>(
            async (cursor, token) => await client
                .ListInvitationsAsync(id, limit: pageSize, cursor: cursor, cancellationToken: token)
                .ConfigureAwait(false),
            cancellationToken);

    /// <summary>An organization's keys.</summary>
    /// <param name="client">The client.</param>
    /// <param name="id">The organization.</param>
    /// <param name="pageSize">Items of a page at most.</param>
    /// <param name="cancellationToken">Ends the request of a page.</param>
    public static IAsyncEnumerable<KeyItem> EnumerateKeysAsync(
        this ConnectClient client, Guid id, int? pageSize = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync<KeyItem>(
            async (cursor, token) => await client
                .ListKeysAsync(id, limit: pageSize, cursor: cursor, cancellationToken: token)
                .ConfigureAwait(false),
            cancellationToken);

    /// <summary>The caller's sessions.</summary>
    /// <param name="client">The client.</param>
    /// <param name="pageSize">Items of a page at most.</param>
    /// <param name="cancellationToken">Ends the request of a page.</param>
    public static IAsyncEnumerable<SessionItem> EnumerateSessionsAsync(
        this ConnectClient client, int? pageSize = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync<SessionItem>(
            async (cursor, token) => await client
                .ListSessionsAsync(limit: pageSize, cursor: cursor, cancellationToken: token)
                .ConfigureAwait(false),
            cancellationToken);

    /// <summary>The administrator's keys.</summary>
    /// <param name="client">The client.</param>
    /// <param name="pageSize">Items of a page at most.</param>
    /// <param name="cancellationToken">Ends the request of a page.</param>
    public static IAsyncEnumerable<KeyItem> EnumerateAdminKeysAsync(
        this ConnectClient client, int? pageSize = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync<KeyItem>(
            async (cursor, token) => await client
                .ListAdminKeysAsync(limit: pageSize, cursor: cursor, cancellationToken: token)
                .ConfigureAwait(false),
            cancellationToken);

    /// <summary>The audit trail, the newest first; for administrators.</summary>
    /// <param name="client">The client.</param>
    /// <param name="pageSize">Items of a page at most.</param>
    /// <param name="cancellationToken">Ends the request of a page.</param>
    public static IAsyncEnumerable<AuditItem> EnumerateAuditAsync(
        this ConnectClient client, int? pageSize = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync<AuditItem>(
            async (cursor, token) => await client
                .ListAuditAsync(limit: pageSize, cursor: cursor, cancellationToken: token)
                .ConfigureAwait(false),
            cancellationToken);

    /// <summary>Runs of the worker; for administrators.</summary>
    /// <param name="client">The client.</param>
    /// <param name="pageSize">Items of a page at most.</param>
    /// <param name="cancellationToken">Ends the request of a page.</param>
    public static IAsyncEnumerable<ScrapeRunItem> EnumerateScrapesAsync(
        this ConnectClient client, int? pageSize = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync<ScrapeRunItem>(
            async (cursor, token) => await client
                .ListScrapesAsync(limit: pageSize, cursor: cursor, cancellationToken: token)
                .ConfigureAwait(false),
            cancellationToken);

    /// <summary>Fields of programs that were set by hand; for administrators.</summary>
    /// <param name="client">The client.</param>
    /// <param name="conflicts">Only corrections that the board contradicts (true), or not (false).</param>
    /// <param name="pageSize">Items of a page at most.</param>
    /// <param name="cancellationToken">Ends the request of a page.</param>
    public static IAsyncEnumerable<ProgramCorrectionItem> EnumerateCorrectionsAsync(
        this ConnectClient client, bool? conflicts = null, int? pageSize = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync<ProgramCorrectionItem>(
            async (cursor, token) => await client
                .ListCorrectionsAsync(conflicts: conflicts, limit: pageSize, cursor: cursor, cancellationToken: token)
                .ConfigureAwait(false),
            cancellationToken);

    /// <summary>Warmings of the cache; for administrators.</summary>
    /// <param name="client">The client.</param>
    /// <param name="pageSize">Items of a page at most.</param>
    /// <param name="cancellationToken">Ends the request of a page.</param>
    public static IAsyncEnumerable<WarmingItem> EnumerateCacheWarmingsAsync(
        this ConnectClient client, int? pageSize = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync<WarmingItem>(
            async (cursor, token) => await client
                .ListCacheWarmingsAsync(limit: pageSize, cursor: cursor, cancellationToken: token)
                .ConfigureAwait(false),
            cancellationToken);

    /// <summary>Organizations; for administrators.</summary>
    /// <param name="client">The client.</param>
    /// <param name="status">Only organizations with this status.</param>
    /// <param name="pageSize">Items of a page at most.</param>
    /// <param name="cancellationToken">Ends the request of a page.</param>
    public static IAsyncEnumerable<AdministeredOrganization> EnumerateOrganizationsAsync(
        this ConnectClient client, OrganizationStatus? status = null, int? pageSize = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync<AdministeredOrganization>(
            async (cursor, token) => await client
                .ListOrganizationsAsync(status: status, limit: pageSize, cursor: cursor, cancellationToken: token)
                .ConfigureAwait(false),
            cancellationToken);
}
