using Garam.Decoding.Yaml;
using Garam.Expressions;

namespace Garam.Decoding.Specs;

/// <summary>The problems of one file, gathered while it is read.</summary>
internal sealed class ProblemList(string file)
{
    private readonly HashSet<SpecProblem> _problems = [];

    public int Count => _problems.Count;

    public void Add(YamlNode at, Phrase message, Phrase remedy) => Add(at.Line, at.Column, message, remedy);

    public void Add(int line, int column, Phrase message, Phrase remedy)
    {
        // Models and variants read the same lines again: the set keeps one of each.
        if (_problems.Count < DecodingLimits.ProblemsMax) _problems.Add(new SpecProblem(file, line, column, message, remedy));
    }

    public IReadOnlyList<SpecProblem> InOrder() => [.. _problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)];
}
