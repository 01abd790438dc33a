namespace Garam.Platform.Rules;

/// <summary>The devices that a rule across devices looks at together.</summary>
public enum RuleScope
{
    Site,
    Customer,
    Hub,
    Product,
}
