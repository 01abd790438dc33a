using Garam.Expressions.Syntax;

namespace Garam.Expressions.Binding;

/// <summary>The names an expression mentions.</summary>
internal static class NamesIn
{
    /// <summary>Functions that do not pass on that something is missing, or look at other devices.</summary>
    private static readonly string[] Tolerant = ["coalesce", "is_missing", "if", "devices"];

    /// <summary>Leaves out what stands inside windows and inside functions that deal with missing values.</summary>
    public static void CollectRequired(SyntaxNode node, HashSet<string> names)
    {
        if (node is CallNode call && (Tolerant.Contains(call.Function) || WindowBinder.IsWindow(call)))
            return;
        if (node is NameNode name)
            names.Add(name.Name);
        foreach (var part in node.Parts)
            CollectRequired(part, names);
    }

    public static void Collect(SyntaxNode node, HashSet<string> names)
    {
        if (node is NameNode name)
            names.Add(name.Name);
        foreach (var part in node.Parts)
            Collect(part, names);
    }
}
