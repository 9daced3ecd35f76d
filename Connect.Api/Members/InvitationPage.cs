using Connect.Operations.Access;

namespace Connect.Api.Members;

/// <summary>The page of an invitation's link, where the invited person signs in, or up, and joins. Its script reads the token, which no address of a request has.</summary>
internal static class InvitationPage
{
    /// <summary>Its path; the token follows as <c>#token=</c>.</summary>
    public const string Path = "/invitations/accept";

    private const string File = "invitations/accept.html";

    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet(Path, static (IWebHostEnvironment environment) => TypedResults.Stream(
            environment.WebRootFileProvider.GetFileInfo(File).CreateReadStream(), "text/html; charset=utf-8"))
        .AllowAnonymous().ExcludeFromDescription().WithSecurityHeadersPolicy(OperationsHeaders.Policy);
}
