namespace Garam.Mqtt.Packets;

/// <summary>Walks the user properties of one message without allocating.</summary>
public ref struct UserPropertyEnumerator
{
    private PropertyReader reader;

    internal UserPropertyEnumerator(ReadOnlySpan<byte> raw) => reader = new PropertyReader(raw, ulong.MaxValue);

    /// <summary>The pair the last <see cref="MoveNext"/> found.</summary>
    public UserProperty Current { get; private set; }

    /// <summary>Goes to the next pair; false at the end.</summary>
    public bool MoveNext()
    {
        while (reader.TryNext(out var property))
        {
            if (property.Id != PropertyId.UserProperty)
                continue;
            Current = new UserProperty(property.Bytes, property.Value);
            return true;
        }

        return false;
    }
}
