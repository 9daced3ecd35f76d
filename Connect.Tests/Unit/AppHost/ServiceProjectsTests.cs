using Connect.AppHost;

namespace Connect.Tests.Unit.AppHost;

public sealed class ServiceProjectsTests
{
    [Fact]
    public void Project_is_found_where_it_was_built_in_the_same_way()
    {
        var root = Directory.CreateTempSubdirectory("connect-test-");
        try
        {
            var own = root.CreateSubdirectory("Connect.AppHost/release").FullName;
            var assembly = Path.Combine(root.CreateSubdirectory("Connect.Api/release").FullName, "Connect.Api.dll");
            Assert.Null(ServiceProjects.Find(own, "Connect.Api"));
            File.WriteAllText(assembly, "");

            Assert.Equal(assembly, ServiceProjects.Find(own + Path.DirectorySeparatorChar, "Connect.Api"));
            Assert.Null(ServiceProjects.Find(root.CreateSubdirectory("Connect.AppHost/debug").FullName, "Connect.Api"));
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }
}
