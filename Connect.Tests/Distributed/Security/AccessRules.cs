using System.Net;

namespace Connect.Tests.Distributed.Security;

/// <summary>The callers that may use an operation.</summary>
internal enum Audience
{
    /// <summary>All callers.</summary>
    Public,

    /// <summary>Signed-in users.</summary>
    User,

    /// <summary>Members of the organization that the address leads to. Administrators are none.</summary>
    Member,

    /// <summary>Its editors and owners.</summary>
    Editor,

    /// <summary>Its owners.</summary>
    Owner,

    /// <summary>Owners of the organization that the address leads to, and administrators.</summary>
    OwnerOrAdmin,

    /// <summary>Administrators.</summary>
    Admin,
}

/// <summary>The keys of programs that open an operation; what a key is let in to, it does as the person that its scope stands for.</summary>
internal enum KeyAudience
{
    /// <summary>None: the operation is for people.</summary>
    None,

    /// <summary>Any key.</summary>
    Any,

    /// <summary>Keys that write an organization's data.</summary>
    Write,

    /// <summary>Administrators' keys.</summary>
    Admin,

    /// <summary>Administrators' keys that write.</summary>
    AdminWrite,
}

/// <summary>A kind of caller.</summary>
internal enum CallerKind
{
    NoToken,
    GarbageToken,
    RefreshToken,

    // Each was an owner of the organization.
    SignedOut,
    LockedOut,
    Deleted,

    WithoutOrganization,
    Stranger,
    Reader,
    Editor,
    Owner,
    Administrator,

    RevokedKey,
    StrangersKey,
    ReadKey,
    WriteKey,
    AdminReadKey,
    AdminWriteKey,
}

/// <summary>The rule of one operation: its callers, and the answer to a valid request.</summary>
/// <param name="Audience">The callers that may use it.</param>
/// <param name="Passed">
/// The answer to those callers. If it is an error, <paramref name="Because"/> says why it proves access.
/// </param>
/// <param name="Because">The reason for an error.</param>
internal sealed record AccessRule(Audience Audience, HttpStatusCode Passed = HttpStatusCode.OK, string? Because = null)
{
    /// <summary>The keys that open it.</summary>
    public KeyAudience Keys { get; init; }

    /// <summary>The expected answer to a caller.</summary>
    public HttpStatusCode Expect(CallerKind caller) => caller switch
    {
        _ when Audience == Audience.Public => Passed,
        CallerKind.NoToken or CallerKind.GarbageToken or CallerKind.RefreshToken or CallerKind.SignedOut or CallerKind.LockedOut
            or CallerKind.Deleted or CallerKind.RevokedKey => HttpStatusCode.Unauthorized,
        CallerKind.ReadKey => ExpectOfKey(Keys is KeyAudience.Any, CallerKind.Reader),
        CallerKind.StrangersKey => ExpectOfKey(Keys is KeyAudience.Any or KeyAudience.Write, CallerKind.Stranger),
        CallerKind.WriteKey => ExpectOfKey(Keys is KeyAudience.Any or KeyAudience.Write, CallerKind.Editor),
        CallerKind.AdminReadKey => ExpectOfKey(Keys is KeyAudience.Any or KeyAudience.Admin, CallerKind.Administrator),
        CallerKind.AdminWriteKey => ExpectOfKey(Keys is KeyAudience.Any or KeyAudience.Admin or KeyAudience.AdminWrite, CallerKind.Administrator),
        _ => ExpectOfPerson(caller),
    };

    /// <summary>Whether it is about an organization, of whose existence strangers are not told.</summary>
    public bool IsOfOrganization => Audience is Audience.Member or Audience.Editor or Audience.Owner or Audience.OwnerOrAdmin;

    private HttpStatusCode ExpectOfKey(bool isLetIn, CallerKind person) => isLetIn ? ExpectOfPerson(person) : HttpStatusCode.Forbidden;

    private HttpStatusCode ExpectOfPerson(CallerKind caller) => (Audience, caller) switch
    {
        (Audience.User, _) or (Audience.Admin, CallerKind.Administrator) => Passed,
        (Audience.Admin, _) => HttpStatusCode.Forbidden,
        (Audience.Member, CallerKind.Reader or CallerKind.Editor or CallerKind.Owner) => Passed,
        (Audience.Editor, CallerKind.Editor or CallerKind.Owner) or (Audience.Owner, CallerKind.Owner) => Passed,
        (Audience.OwnerOrAdmin, CallerKind.Owner or CallerKind.Administrator) => Passed,
        (_, CallerKind.Reader or CallerKind.Editor) => HttpStatusCode.Forbidden,
        _ => HttpStatusCode.NotFound,
    };
}

/// <summary>The rules, one for each operation of the document.</summary>
internal static class AccessRules
{
    public static IReadOnlyDictionary<string, AccessRule> All { get; } = new Dictionary<string, AccessRule>
    {
        ["POST /auth/register"] = new(Audience.Public),
        ["POST /auth/login"] = new(Audience.Public),
        ["POST /auth/refresh"] = new(Audience.Public),
        ["GET /auth/confirmEmail"] = new(Audience.Public, HttpStatusCode.Unauthorized, "the code of the link is made up, which is found after the caller was let in"),
        ["POST /auth/resendConfirmationEmail"] = new(Audience.Public),
        ["POST /auth/forgotPassword"] = new(Audience.Public),
        ["POST /auth/resetPassword"] = new(Audience.Public, HttpStatusCode.BadRequest, "the code is made up, which is a validation error"),
        ["POST /auth/manage/2fa"] = new(Audience.User),
        ["GET /auth/manage/info"] = new(Audience.User),
        ["POST /auth/manage/info"] = new(Audience.User),
        ["GET /auth/manage/export"] = new(Audience.User),
        ["DELETE /auth/manage/account"] = new(Audience.User, HttpStatusCode.BadRequest, "the password is missing, so that callers stay"),

        ["POST /auth/logout"] = new(Audience.User, HttpStatusCode.NoContent),
        ["POST /auth/logout-everywhere"] = new(Audience.User, HttpStatusCode.NoContent),
        ["GET /auth/manage/sessions"] = new(Audience.User),
        ["DELETE /auth/manage/sessions/{id}"] = new(Audience.User, HttpStatusCode.NotFound, "the id is an organization's, and no session of the caller has it"),

        ["GET /api/organizations/{id}/keys"] = new(Audience.Owner),
        ["POST /api/organizations/{id}/keys"] = new(Audience.Owner, HttpStatusCode.Created),
        ["POST /api/organizations/{id}/keys/{keyId}/rotate"] = new(Audience.Owner, HttpStatusCode.NotFound, "the key is made up, which is found after the caller was let in"),
        ["DELETE /api/organizations/{id}/keys/{keyId}"] = new(Audience.Owner, HttpStatusCode.NotFound, "the key is made up, which is found after the caller was let in"),
        ["GET /api/admin/keys"] = new(Audience.Admin),
        ["POST /api/admin/keys"] = new(Audience.Admin, HttpStatusCode.Created),
        ["POST /api/admin/keys/{keyId}/rotate"] = new(Audience.Admin, HttpStatusCode.NotFound, "the key is made up, which is found after the caller was let in"),
        ["DELETE /api/admin/keys/{keyId}"] = new(Audience.Admin, HttpStatusCode.NotFound, "the key is made up, which is found after the caller was let in"),

        ["POST /api/organizations"] = new(Audience.User, HttpStatusCode.Conflict, "its business number is known, so that callers stay without one"),
        ["GET /api/organizations/{id}"] = new(Audience.Member) { Keys = KeyAudience.Any },
        ["PATCH /api/organizations/{id}"] = new(Audience.Editor) { Keys = KeyAudience.Write },
        ["DELETE /api/organizations/{id}"] = new(Audience.OwnerOrAdmin, HttpStatusCode.NoContent) { Keys = KeyAudience.AdminWrite },

        ["GET /api/organizations/{id}/members"] = new(Audience.Member),
        ["PATCH /api/organizations/{id}/members/{userId}"] = new(Audience.Owner, HttpStatusCode.NotFound, "the member is made up, which is found after the caller was let in"),
        ["DELETE /api/organizations/{id}/members/{userId}"] = new(Audience.Owner, HttpStatusCode.NotFound, "the member is made up, which is found after the caller was let in"),
        ["POST /api/organizations/{id}/invitations"] = new(Audience.Owner),
        ["GET /api/organizations/{id}/invitations"] = new(Audience.Owner),
        ["DELETE /api/organizations/{id}/invitations/{invitationId}"] = new(Audience.Owner, HttpStatusCode.NotFound, "the invitation is made up, which is found after the caller was let in"),
        ["POST /api/invitations/accept"] = new(Audience.User, HttpStatusCode.NotFound, "the token is made up, which is found after the caller was let in"),

        ["GET /api/programs"] = new(Audience.User) { Keys = KeyAudience.Any },
        ["GET /api/programs/export"] = new(Audience.User) { Keys = KeyAudience.Any },
        ["GET /api/programs/{id}"] = new(Audience.User) { Keys = KeyAudience.Any },
        ["GET /api/programs/{id}/series"] = new(Audience.User) { Keys = KeyAudience.Any },
        ["GET /api/programs/{id}/similar"] = new(Audience.User) { Keys = KeyAudience.Any },
        ["POST /api/matches/generate"] = new(Audience.Member) { Keys = KeyAudience.Any },
        ["GET /api/organizations/{id}/matches"] = new(Audience.Member) { Keys = KeyAudience.Any },
        ["GET /api/organizations/{id}/matches/export"] = new(Audience.Member) { Keys = KeyAudience.Any },
        ["GET /api/matches/export"] = new(Audience.Member) { Keys = KeyAudience.Any },
        ["GET /api/matches"] = new(Audience.Member) { Keys = KeyAudience.Any },
        ["PATCH /api/matches/{id}"] = new(Audience.Editor) { Keys = KeyAudience.Write },
        ["GET /api/matches/{id}/history"] = new(Audience.Member) { Keys = KeyAudience.Any },
        ["GET /api/organizations/{id}/outcomes"] = new(Audience.Member) { Keys = KeyAudience.Any },
        ["GET /api/matches/{id}/explanation"] = new(Audience.Member) { Keys = KeyAudience.Any },

        ["POST /api/admin/scrapes"] = new(Audience.Admin, HttpStatusCode.Accepted) { Keys = KeyAudience.AdminWrite },
        ["GET /api/admin/scrapes"] = new(Audience.Admin) { Keys = KeyAudience.Admin },
        ["GET /api/admin/scrapes/{id}/page"] = new(Audience.Admin, HttpStatusCode.NotFound, "the id is an organization's, and no run has it") { Keys = KeyAudience.Admin },
        ["PATCH /api/admin/programs/{id}"] = new(Audience.Admin) { Keys = KeyAudience.AdminWrite },
        ["DELETE /api/admin/programs/{id}/corrections/{field}"] = new(Audience.Admin, HttpStatusCode.NotFound, "the field of the path is made up") { Keys = KeyAudience.AdminWrite },
        ["GET /api/admin/corrections"] = new(Audience.Admin) { Keys = KeyAudience.Admin },
        ["GET /api/admin/audit"] = new(Audience.Admin) { Keys = KeyAudience.Admin },
        ["GET /api/admin/organizations"] = new(Audience.Admin) { Keys = KeyAudience.Admin },
        ["POST /api/admin/organizations/{id}/restore"] = new(Audience.Admin, HttpStatusCode.NotFound, "the organization is not deleted") { Keys = KeyAudience.AdminWrite },
        ["GET /api/admin/cache"] = new(Audience.Admin) { Keys = KeyAudience.Admin },
        ["DELETE /api/admin/cache/tags/{tag}"] = new(Audience.Admin, HttpStatusCode.NoContent) { Keys = KeyAudience.AdminWrite },
        ["POST /api/admin/cache/warm"] = new(Audience.Admin, HttpStatusCode.Accepted) { Keys = KeyAudience.AdminWrite },
        ["GET /api/admin/cache/warmings"] = new(Audience.Admin) { Keys = KeyAudience.Admin },
    };
}
