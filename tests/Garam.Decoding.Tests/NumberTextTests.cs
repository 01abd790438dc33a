using System.Globalization;
using System.Text;
using Garam.Decoding.Checksums;
using Garam.Decoding.Text;

namespace Garam.Decoding.Tests;

/// <summary>Numbers are read to the double that the runtime's own parser gives.</summary>
public sealed class NumberTextTests
{
    [Fact]
    public void Random_numbers_are_the_doubles_the_runtime_reads()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var i = 0; i < 300_000; i++)
        {
            var text = Random(random);
            var form = NumberText.ReadJson(Encoding.ASCII.GetBytes(text), out var length, out _, out var real);
            var expected = double.Parse(text, CultureInfo.InvariantCulture);
            if (double.IsInfinity(expected)) form.ShouldBe(NumberForm.OutOfRange, $"{text}, seed {seed}");
            else BitConverter.DoubleToInt64Bits(real).ShouldBe(BitConverter.DoubleToInt64Bits(expected), $"{text}, seed {seed}");
            length.ShouldBe(text.Length);
        }
    }

    [Fact]
    public void Shortest_forms_of_random_doubles_come_back()
    {
        var random = new Random(7);
        for (var i = 0; i < 100_000; i++)
        {
            var number = BitConverter.Int64BitsToDouble(random.NextInt64());
            if (!double.IsFinite(number)) continue;
            NumberText.Parse(Encoding.ASCII.GetBytes(number.ToString("R", CultureInfo.InvariantCulture)), out _, out var real);
            real.ShouldBe(number);
        }
    }

    /// <summary>Check values of the catalogue of parametrised CRC algorithms for "123456789".</summary>
    [Fact]
    public void Checksums_have_their_catalogue_values()
    {
        var bytes = "123456789"u8;
        Checksum.Compute(ChecksumKind.Crc16Modbus, bytes).ShouldBe(0x4B37u);
        Checksum.Compute(ChecksumKind.Crc16Ccitt, bytes).ShouldBe(0x29B1u);
        Checksum.Compute(ChecksumKind.Crc16Xmodem, bytes).ShouldBe(0x31C3u);
        Checksum.Compute(ChecksumKind.Crc32, bytes).ShouldBe(0xCBF43926u);
        Checksum.Compute(ChecksumKind.Crc8, bytes).ShouldBe(0xF4u);
        Checksum.Compute(ChecksumKind.Sum8, bytes).ShouldBe(0xDDu);
        Checksum.Compute(ChecksumKind.Sum16, bytes).ShouldBe(0x1DDu);
        Checksum.Compute(ChecksumKind.Xor8, bytes).ShouldBe(0x31u);
    }

    private static string Random(Random random)
    {
        var text = new StringBuilder(random.Next(3) == 0 ? "-" : "");
        var whole = random.Next(0, 22);
        text.Append(whole == 0 ? "0" : ((char)('1' + random.Next(9))).ToString());
        for (var i = 1; i < whole; i++) text.Append((char)('0' + random.Next(10)));
        if (random.Next(2) == 0)
        {
            text.Append('.');
            var places = random.Next(1, 22);
            for (var i = 0; i < places; i++) text.Append((char)('0' + random.Next(10)));
        }

        if (random.Next(3) == 0) text.Append("eE"[random.Next(2)]).Append(random.Next(2) == 0 ? "" : "+-"[random.Next(2)].ToString()).Append(random.Next(0, 330));
        return text.ToString();
    }
}
