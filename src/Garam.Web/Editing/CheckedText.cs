using Garam.Decoding.Specs;

namespace Garam.Web.Editing;

/// <summary>What a check says of a text.</summary>
/// <param name="Problems">What is wrong; with none it may be saved.</param>
/// <param name="Notes">What is right and should be known.</param>
/// <param name="Praise">What it holds, said when nothing is wrong: a text of the pages, filled.</param>
public sealed record CheckedText(IReadOnlyList<SpecProblem> Problems, IReadOnlyList<SpecProblem> Notes, string Praise);
