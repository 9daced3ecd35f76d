using Connect.Api.OpenApi;

namespace Connect.Tests.Unit.Api.Document;

public sealed class OperationNamesTests
{
    [Theory]
    [InlineData("GET", "/api/programs", "ListPrograms")]
    [InlineData("GET", "/api/programs/{id}", "GetProgram")]
    [InlineData("HEAD", "/api/programs/{id}", "HeadProgram")]
    [InlineData("POST", "/api/organizations", "CreateOrganization")]
    [InlineData("PATCH", "/api/organizations/{id}", "UpdateOrganization")]
    [InlineData("PUT", "/api/organizations/{id}", "ReplaceOrganization")]
    [InlineData("DELETE", "/api/organizations/{id}", "DeleteOrganization")]
    [InlineData("GET", "/api/organizations/{id}/matches", "ListOrganizationMatches")]
    [InlineData("POST", "/api/matches/generate", "GenerateMatches")]
    [InlineData("PATCH", "/api/matches/{id}", "UpdateMatch")]
    [InlineData("GET", "/api/matches/{id}/explanation", "GetMatchExplanation")]
    [InlineData("POST", "/api/admin/scrapes", "CreateScrape")]
    [InlineData("GET", "/api/admin/cache", "GetCache")]
    [InlineData("POST", "/api/admin/cache/warm", "WarmCache")]
    [InlineData("DELETE", "/api/admin/cache/tags/{tag}", "DeleteCacheTag")]
    [InlineData("GET", "/api/very-new/things", "ListVeryNewThings")]
    public void Id_follows_from_method_and_path(string method, string path, string id) => Assert.Equal(id, OperationNames.IdOf(method, path, name: null));

    [Theory]
    [InlineData("/api/admin/audit", true, "ListAudit")]
    [InlineData("/api/admin/audit", false, "GetAudit")]
    public void Page_is_a_list_whatever_its_path_is_called(string path, bool isPaged, string id) =>
        Assert.Equal(id, OperationNames.IdOf("GET", path, name: null, isPaged));

    [Theory]
    [InlineData("GET", "GetThing")]
    [InlineData("HEAD", "HeadGetThing")]
    public void Own_name_comes_first(string method, string id) => Assert.Equal(id, OperationNames.IdOf(method, "/api/anything", "GetThing"));
}
