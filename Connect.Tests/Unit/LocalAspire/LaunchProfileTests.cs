using Connect.LocalAspire.Running;

namespace Connect.Tests.Unit.LocalAspire;

public sealed class LaunchProfileTests
{
    [Fact]
    public void Profile_with_an_http_address_is_taken()
    {
        var profile = LaunchProfile.Parse(
            """
            {
              // comments are allowed
              "profiles": {
                "container": { "commandName": "Docker" },
                "https": { "commandName": "Project", "applicationUrl": "https://localhost:7001" },
                "http": {
                  "commandName": "Project",
                  "applicationUrl": "https://localhost:7001;http://localhost:5180",
                  "environmentVariables": { "ASPNETCORE_ENVIRONMENT": "Development" }
                }
              }
            }
            """);

        Assert.Equal("http", profile.Name);
        Assert.Equal(5180, profile.HttpPort);
        Assert.Equal("Development", profile.Environment["ASPNETCORE_ENVIRONMENT"]);
    }

    [Fact]
    public void Profile_is_empty_when_there_is_none()
    {
        var profile = LaunchProfile.Parse("{}");

        Assert.Null(profile.Name);
        Assert.Null(profile.HttpPort);
    }
}
