namespace Garam.Expressions.Windows;

internal enum TailChange
{
    Added,
    Replaced,
    PushedOut,
}
