namespace Connect.Client.Sessions;

/// <summary>
/// Routes that anybody may call. They get no token: a client that has yet to register cannot sign in for it, and a sign-in must not wait
/// for itself.
/// </summary>
internal static class OpenRoutes
{
    /// <summary>Whether a path is one of those under <c>/auth</c> that have no signed-in caller.</summary>
    /// <param name="path">Relative to the API's address, such as <c>auth/login</c>.</param>
    public static bool Contain(string path) =>
        path.StartsWith("auth/", StringComparison.Ordinal)
        && !path.StartsWith("auth/manage/", StringComparison.Ordinal)
        && !path.StartsWith("auth/logout", StringComparison.Ordinal);
}
