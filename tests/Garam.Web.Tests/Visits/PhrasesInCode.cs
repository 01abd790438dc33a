using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text;
using Garam.Expressions;

namespace Garam.Web.Visits;

/// <summary>
/// Finds the formats of all phrases in an assembly: the compiler turns each into <c>new Phrase</c> and calls that append its words and
/// places, so a phrase cannot be written that is not found here.
/// </summary>
internal sealed class PhrasesInCode
{
    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields()
        .Select(field => field.GetValue(null)).OfType<OpCode>().ToDictionary(code => code.Value);

    private readonly PEReader _file;
    private readonly MetadataReader _metadata;
    private readonly HashSet<string> _formats = [];

    private PhrasesInCode(PEReader file)
    {
        _file = file;
        _metadata = file.GetMetadataReader();
    }

    public static IReadOnlySet<string> Of(string assemblyPath)
    {
        using var file = new PEReader(File.OpenRead(assemblyPath));
        var reader = new PhrasesInCode(file);
        foreach (var handle in reader._metadata.MethodDefinitions)
            reader.Read(reader._metadata.GetMethodDefinition(handle).RelativeVirtualAddress);
        return reader._formats;
    }

    private void Read(int address)
    {
        if (address == 0)
            return;
        var body = _file.GetMethodBody(address).GetILReader();
        var open = new Stack<Unfinished>();
        var (text, numbers) = ("", (Former: 0, Last: 0));
        while (body.RemainingBytes > 0)
        {
            short value = body.ReadByte();
            if (value == 0xFE)
                value = unchecked((short)(0xFE00 | body.ReadByte()));
            var code = Codes[value];
            var operand = Operand(ref body, code);
            if (code == OpCodes.Ldstr)
                text = _metadata.GetUserString((UserStringHandle)MetadataTokens.Handle(operand));
            else if (Number(code, operand) is { } number)
                numbers = (numbers.Last, number);
            else if (code == OpCodes.Newobj && Name(operand) == (nameof(Phrase), ".ctor"))
                open.Push(new Unfinished(numbers.Former, numbers.Last));
            else if (code.FlowControl == FlowControl.Call && Name(operand) is (nameof(Phrase), { } called))
                Append(open, called, text);
            while (open.TryPeek(out var top) && top.IsComplete)
                _formats.Add(open.Pop().Format);
        }

        open.ShouldBeEmpty("a phrase whose end is not found");
    }

    private static void Append(Stack<Unfinished> open, string called, string text)
    {
        if (called == nameof(Phrase.AppendLiteral))
            open.Peek().Word(text);
        else if (called == nameof(Phrase.AppendFormatted))
            open.Peek().Place();
    }

    /// <summary>The operand when it is a number of four bytes or fewer, or a token; others are passed over.</summary>
    private static int Operand(ref BlobReader body, OpCode code)
    {
        switch (code.OperandType)
        {
            case OperandType.InlineNone:
                return 0;
            case OperandType.ShortInlineI or OperandType.ShortInlineBrTarget or OperandType.ShortInlineVar:
                return body.ReadSByte();
            case OperandType.InlineVar:
                return body.ReadInt16();
            case OperandType.InlineI8 or OperandType.InlineR:
                body.ReadInt64();
                return 0;
            case OperandType.InlineSwitch:
                var targets = body.ReadInt32();
                body.Offset += targets * sizeof(int);
                return 0;
            default:
                return body.ReadInt32();
        }
    }

    private static int? Number(OpCode code, int operand) =>
        code == OpCodes.Ldc_I4 || code == OpCodes.Ldc_I4_S ? operand
        : code.Value >= OpCodes.Ldc_I4_0.Value && code.Value <= OpCodes.Ldc_I4_8.Value ? code.Value - OpCodes.Ldc_I4_0.Value
        : null;

    /// <summary>The names of a method and its type.</summary>
    private (string Type, string Method)? Name(int token)
    {
        var handle = MetadataTokens.EntityHandle(token);
        if (handle.Kind == HandleKind.MethodSpecification)
            handle = _metadata.GetMethodSpecification((MethodSpecificationHandle)handle).Method;
        if (handle.Kind == HandleKind.MemberReference)
        {
            var member = _metadata.GetMemberReference((MemberReferenceHandle)handle);
            return member.Parent.Kind == HandleKind.TypeReference
                ? (_metadata.GetString(_metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name), _metadata.GetString(member.Name))
                : null;
        }

        if (handle.Kind != HandleKind.MethodDefinition)
            return null;
        var method = _metadata.GetMethodDefinition((MethodDefinitionHandle)handle);
        return (_metadata.GetString(_metadata.GetTypeDefinition(method.GetDeclaringType()).Name), _metadata.GetString(method.Name));
    }

    /// <summary>A phrase of which parts are still to come.</summary>
    private sealed class Unfinished(int letters, int places)
    {
        private readonly StringBuilder _format = new();
        private int _letters;
        private int _places;

        public bool IsComplete => _letters == letters && _places == places;

        public string Format => _format.ToString();

        public void Word(string text)
        {
            _letters += text.Length;
            _format.Append(text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
        }

        public void Place() => _format.Append('{').Append(_places++).Append('}');
    }
}
