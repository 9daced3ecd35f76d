using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Connect.AppHost.Servers.Mail;

/// <summary>
/// smtp4dev, a mail server that delivers nothing and shows everything: a container where an engine answers, else the .NET tool of the
/// repository's manifest. Mails are in its memory alone. Nothing waits for it.
/// </summary>
internal static class MailCatcher
{
    private const string Loopback = "127.0.0.1";
    private const string SmtpEndpoint = "smtp";

    /// <summary>
    /// Adds it in run mode, unless the configuration says <c>MailCatcher=false</c>, and tells API and worker of it. Published services
    /// are told of a mail server by configuration.
    /// </summary>
    public static void AddMailCatcher(
        this IDistributedApplicationBuilder builder, IResourceBuilder<ProjectResource> api, IResourceBuilder<ProjectResource> worker, bool inContainers)
    {
        if (!builder.ExecutionContext.IsRunMode || !builder.Configuration.GetValue("MailCatcher", true))
        {
            return;
        }

        if (inContainers)
        {
            Announce(
                builder.AddContainer("mail", "rnwood/smtp4dev", "3.15.0")
                    .WithEnvironment("ServerOptions__Database", "")
                    .WithEnvironment("ServerOptions__LockSettings", "true")
                    .WithHttpEndpoint(targetPort: 80)
                    .WithEndpoint(targetPort: 25, name: SmtpEndpoint),
                api, worker);
        }
        else
        {
            Announce(AddProgram(builder), api, worker);
        }
    }

    private static IResourceBuilder<ExecutableResource> AddProgram(IDistributedApplicationBuilder builder)
    {
        var (folder, first) = ("", Enumerable.Empty<string>());
        var mail = builder.AddExecutable("mail", "smtp4dev", builder.AppHostDirectory)
            .WithHttpEndpoint()
            .WithEndpoint(SmtpEndpoint, endpoint => (endpoint.IsProxied, endpoint.TargetHost) = (false, Loopback));
        mail.PreparedBy(
            async (services, _, cancellationToken) =>
            {
                folder = services.GetRequiredService<ThrowAwayFolder>().Subfolder("mail");
                var command = await new DotnetTool("rnwood.smtp4dev", builder.AppHostDirectory).FindCommandAsync(cancellationToken).ConfigureAwait(false)
                    ?? throw new EnvironmentProblemException("smtp4dev could not be restored, so mails wait: run 'dotnet tool restore' in the repository.");
                mail.Resource.Annotations.OfType<ExecutableAnnotation>().Single().Command = command[0];
                first = command.Skip(1);
            },
            isRequired: false);
        return mail.WithArgs(context =>
        {
            foreach (var argument in (string[])
                [
                    .. first, "--nousersettings", "--locksettings", "--allowremoteconnections-", "--disableipv6",
                    "--db=", "--imapport=", "--pop3port=", $"--baseappdatapath={folder}",
                ])
            {
                context.Args.Add(argument);
            }

            context.Args.Add(ReferenceExpression.Create($"--urls=http://{Loopback}:{mail.GetEndpoint("http").Property(EndpointProperty.TargetPort)}"));
            context.Args.Add(ReferenceExpression.Create($"--smtpport={mail.GetEndpoint(SmtpEndpoint).Property(EndpointProperty.TargetPort)}"));
        });
    }

    private static void Announce<T>(IResourceBuilder<T> mail, IResourceBuilder<ProjectResource> api, IResourceBuilder<ProjectResource> worker)
        where T : IResourceWithEndpoints
    {
        mail.WithIconName("Mail").WithUrlForEndpoint("http", url => url.DisplayText = "Mails");
        var smtp = mail.GetEndpoint(SmtpEndpoint);
        foreach (var service in (IResourceBuilder<ProjectResource>[])[api, worker])
        {
            service
                .WithEnvironment("Mail__Host", smtp.Property(EndpointProperty.IPV4Host))
                .WithEnvironment("Mail__Port", smtp.Property(EndpointProperty.Port))
                .WithEnvironment("Mail__Security", "None")
                .WithEnvironment("Mail__From", "connect@connect.local")
                .WithEnvironment("Mail__PublicAddress", api.GetEndpoint("http"));
        }
    }
}
