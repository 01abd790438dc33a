namespace Garam.Web.Manage.Sheets;

/// <summary>What is wrong in a file of devices.</summary>
/// <param name="Line">From 1; 0 for the file as a whole.</param>
/// <param name="Column">By its name in the first line; empty when it is no single one.</param>
/// <param name="Word">The end of the text's key <c>sheet.mistake.</c>.</param>
/// <param name="Values">For the places of the text.</param>
public sealed record SheetMistake(int Line, string Column, string Word, params IReadOnlyList<object> Values);
