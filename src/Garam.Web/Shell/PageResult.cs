using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Garam.Web.Shell;

/// <summary>Pages and fragments as results of endpoints.</summary>
internal static class PageResult
{
    /// <param name="parameters">An anonymous object whose properties are the component's parameters.</param>
    /// <param name="status">HTTP status.</param>
    public static RazorComponentResult<TPage> Of<TPage>(object? parameters = null, int status = StatusCodes.Status200OK)
        where TPage : IComponent =>
        new(Parameters(parameters)) { StatusCode = status, PreventStreamingRendering = true };

    private static Dictionary<string, object?> Parameters(object? source) =>
        source?.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).ToDictionary(p => p.Name, p => p.GetValue(source), StringComparer.Ordinal) ?? [];
}
