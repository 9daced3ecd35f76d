using Connect.Api.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Connect.Tests.Unit.Api;

public sealed class ProblemsTests
{
    [Theory]
    [InlineData("BusinessNumber", "businessNumber")]
    [InlineData("Contact.FirstName", "contact.firstName")]
    [InlineData("limit", "limit")]
    [InlineData("PasswordTooShort", "password")]
    [InlineData("Password", "password")]
    [InlineData("DuplicateUserName", "email")]
    public void Field_has_its_wire_name_when_the_framework_validates(string key, string field)
    {
        var problem = new HttpValidationProblemDetails(new Dictionary<string, string[]> { [key] = ["No."] }) { Type = "https://example.com" };

        Problems.Complete(problem);

        Assert.Equal("urn:connect:problem:validation", problem.Type);
        Assert.Equal(["No."], problem.Errors[field]);
    }

    [Theory]
    [InlineData(400, "bad-request")]
    [InlineData(408, "bad-request")]
    [InlineData(412, "precondition-failed")]
    [InlineData(413, "payload-too-large")]
    [InlineData(415, "unsupported-media-type")]
    [InlineData(500, "internal")]
    public void Type_follows_the_status_when_the_framework_answers(int status, string type)
    {
        var problem = new ProblemDetails { Status = status, Type = "https://tools.ietf.org/html/rfc9110" };

        Problems.Complete(problem);

        Assert.Equal($"urn:connect:problem:{type}", problem.Type);
    }

    [Fact]
    public void Type_is_kept_when_it_is_an_own_one()
    {
        var problem = new ProblemDetails { Status = 409, Type = "urn:connect:problem:profile-incomplete" };

        Problems.Complete(problem);

        Assert.Equal("urn:connect:problem:profile-incomplete", problem.Type);
    }
}
