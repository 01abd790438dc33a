using Microsoft.AspNetCore.Http;

namespace Garam.Web.Shell;

/// <summary>A refusal that REST answers with problem details is a page for a person: who may not do it, whose session is over, whose form is old.</summary>
internal sealed class PageProblems : IProblemDetailsWriter
{
    private const string OldForm = "forgery-token-missing";

    public bool CanWrite(ProblemDetailsContext context) => ErrorPages.IsPerson(context.HttpContext.Request);

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var http = context.HttpContext;
        var status = context.ProblemDetails.Status ?? http.Response.StatusCode;
        var isOldForm = context.ProblemDetails.Extensions.TryGetValue("code", out var code) && code is OldForm;
        await PageResult.Of<ErrorPage>(new { Status = isOldForm ? StatusCodes.Status400BadRequest : status }, status).ExecuteAsync(http);
    }
}
