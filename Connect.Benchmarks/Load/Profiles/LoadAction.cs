namespace Connect.Benchmarks.Load.Profiles;

/// <summary>The actions of a signed-in member, one request each.</summary>
internal enum LoadAction
{
    /// <summary><c>GET /api/organizations/{id}/matches</c>, as browsers do with the tag that they have.</summary>
    Matches,

    /// <summary><c>POST /api/matches/generate</c>.</summary>
    Generate,

    /// <summary><c>GET /api/programs</c>, of all boards or of one.</summary>
    Programs,

    /// <summary><c>GET /api/programs/{id}</c> of a listed program.</summary>
    Program,

    /// <summary><c>GET /api/matches</c>: the stored ones.</summary>
    Stored,

    /// <summary><c>GET /api/matches/{id}/explanation</c>.</summary>
    Explanation,

    /// <summary><c>PATCH /api/matches/{id}</c>: saved or viewed.</summary>
    Mark,

    /// <summary><c>PATCH /api/organizations/{id}</c>: evicts the organization's answers.</summary>
    Profile,
}
