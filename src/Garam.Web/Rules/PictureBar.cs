namespace Garam.Web.Rules;

/// <summary>Alarms that touch each other in a picture.</summary>
/// <param name="From">Begin, 0 to <see cref="PictureRow.Width"/>.</param>
/// <param name="IsShared">Whether the other version raises them too.</param>
/// <param name="Count">How many alarms it stands for.</param>
internal sealed record PictureBar(double From, double To, bool IsShared, int Count);
