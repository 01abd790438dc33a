using System.Buffers;
using System.Text;

namespace Garam.Platform.Tests;

/// <summary>How a TCP stream is cut into payloads (docs/reference/topics.md).</summary>
public sealed class Tcp_framings
{
    private const int BytesMax = 64;

    [Theory]
    [InlineData("line", TcpFramingKind.Line)]
    [InlineData("length16", TcpFramingKind.Length16)]
    [InlineData("length32", TcpFramingKind.Length32)]
    [InlineData("fixed: 12", TcpFramingKind.Fixed)]
    [InlineData("fixed:65536", TcpFramingKind.Fixed)]
    [InlineData("delimiter: 0x0D0A", TcpFramingKind.Delimiter)]
    [InlineData("delimiter:0x0102030405060708", TcpFramingKind.Delimiter)]
    public void Every_framing_of_the_reference_is_read(string text, TcpFramingKind kind)
    {
        TcpFraming.TryParse(text, out var framing).ShouldBeEmpty();

        framing.Kind.ShouldBe(kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("lines")]
    [InlineData("line: 3")]
    [InlineData("length16: 2")]
    [InlineData("fixed")]
    [InlineData("fixed: 0")]
    [InlineData("fixed: -1")]
    [InlineData("fixed: 65537")]
    [InlineData("delimiter")]
    [InlineData("delimiter: 0x")]
    [InlineData("delimiter: 0xA")]
    [InlineData("delimiter: 0xZZ")]
    [InlineData("delimiter: 0x010203040506070809")]
    public void Any_other_is_refused_with_what_is_allowed(string text) => TcpFraming.TryParse(text, out _).ShouldContain("Use line, length16, length32");

    [Theory]
    [InlineData("line")]
    [InlineData("length16")]
    [InlineData("length32")]
    [InlineData("fixed: 5")]
    [InlineData("delimiter: 0xAA")]
    [InlineData("delimiter: 0xAABBAA")]
    public void Frames_are_the_same_wherever_the_stream_is_split(string text)
    {
        TcpFraming.TryParse(text, out var framing);
        byte[][] frames = [[1, 2, 3, 4, 5], [6, 7, 8, 9, 11], [0xBB, 12, 14, 15, 16]];
        byte[] stream = [.. frames.SelectMany(f => Framed(framing, f))];
        for (var split = 0; split <= stream.Length; split++)
            Cut(framing, [stream[..split], stream[split..]]).ShouldBe(Hex(frames), customMessage: $"split at {split}");
        Cut(framing, [.. stream.Select(b => new[] { b })]).ShouldBe(Hex(frames), customMessage: "byte by byte");
    }

    [Fact]
    public void Fixed_frames_larger_than_a_payload_may_be_are_refused_before_anything_is_kept()
    {
        TcpFraming.TryParse($"fixed: {BytesMax + 1}", out var framing);
        var buffer = new ReadOnlySequence<byte>(new byte[1]);

        TcpFrameReader.TryRead(framing, BytesMax, ref buffer, out _, out var tooLarge).ShouldBeFalse();

        tooLarge.ShouldBeTrue();
    }

    [Fact]
    public void Random_frames_in_random_pieces_come_out_as_they_went_in()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var run = 0; run < 300; run++)
        {
            string[] texts = ["line", "length16", "length32", "fixed: 9", "delimiter: 0xFFFE"];
            TcpFraming.TryParse(texts[run % texts.Length], out var framing);
            var frames = Enumerable.Range(0, random.Next(1, 12)).Select(_ => Frame(framing, random)).ToArray();
            var stream = frames.SelectMany(f => Framed(framing, f)).ToArray();
            var pieces = new List<byte[]>();
            for (var at = 0; at < stream.Length;)
            {
                var length = random.Next(1, Math.Min(20, stream.Length - at) + 1);
                pieces.Add(stream[at..(at + length)]);
                at += length;
            }

            Cut(framing, pieces).ShouldBe(Hex(frames), customMessage: $"seed {seed}, run {run}");
        }
    }

    [Fact]
    public void A_line_may_end_with_a_carriage_return() => Cut(TcpFraming.Line, ["a\r\n\r\n\nb\n"u8.ToArray()]).ShouldBe(["61", "", "", "62"]);

    [Theory]
    [InlineData("line")]
    [InlineData("length16")]
    [InlineData("length32")]
    [InlineData("delimiter: 0xAA")]
    public void A_frame_of_the_limit_is_taken_and_one_byte_more_is_not(string text)
    {
        TcpFraming.TryParse(text, out var framing);

        Cut(framing, [Framed(framing, Filled(BytesMax))]).ShouldBe(Hex([Filled(BytesMax)]));
        IsTooLarge(framing, Framed(framing, Filled(BytesMax + 1))).ShouldBeTrue();
    }

    [Fact]
    public void A_line_of_the_limit_may_end_with_a_carriage_return() =>
        Cut(TcpFraming.Line, [[.. Filled(BytesMax), 13, 10]]).ShouldBe(Hex([Filled(BytesMax)]));

    [Theory]
    [InlineData("length32", "FFFFFFFF")]
    [InlineData("length32", "80000000")]
    [InlineData("length16", "FFFF")]
    public void An_announced_length_over_the_limit_is_refused_before_it_comes(string text, string bytes)
    {
        TcpFraming.TryParse(text, out var framing);

        IsTooLarge(framing, Convert.FromHexString(bytes)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("line")]
    [InlineData("delimiter: 0xAABB")]
    public void A_frame_without_end_is_refused_when_it_has_passed_the_limit(string text)
    {
        TcpFraming.TryParse(text, out var framing);

        IsTooLarge(framing, Filled(BytesMax)).ShouldBeFalse();
        IsTooLarge(framing, Filled(BytesMax + 8)).ShouldBeTrue();
    }

    private static List<string> Hex(IEnumerable<byte[]> frames) => [.. frames.Select(Convert.ToHexString)];

    private static byte[] Filled(int length) => [.. Enumerable.Repeat((byte)'x', length)];

    private static byte[] Frame(TcpFraming framing, Random random)
    {
        var frame = new byte[framing.Kind == TcpFramingKind.Fixed ? framing.FixedLength : random.Next(BytesMax + 1)];
        for (var i = 0; i < frame.Length; i++)
            frame[i] = (byte)random.Next(14, 250);
        return frame;
    }

    private static byte[] Framed(TcpFraming framing, byte[] frame) => framing.Kind switch
    {
        TcpFramingKind.Line => [.. frame, 10],
        TcpFramingKind.Length16 => [(byte)(frame.Length >> 8), (byte)frame.Length, .. frame],
        TcpFramingKind.Length32 => [0, 0, (byte)(frame.Length >> 8), (byte)frame.Length, .. frame],
        TcpFramingKind.Delimiter => [.. frame, .. framing.Delimiter],
        _ => frame,
    };

    private static bool IsTooLarge(TcpFraming framing, byte[] bytes)
    {
        var buffer = new ReadOnlySequence<byte>(bytes);
        TcpFrameReader.TryRead(framing, BytesMax, ref buffer, out _, out var tooLarge).ShouldBeFalse();
        return tooLarge;
    }

    /// <summary>Reads after each piece, as a connection does, from a buffer of as many segments as pieces are still in it.</summary>
    private static List<string> Cut(TcpFraming framing, IReadOnlyList<byte[]> pieces)
    {
        var frames = new List<string>();
        byte[][] held = [];
        foreach (var piece in pieces)
        {
            var buffer = Segments.Of([.. held, piece]);
            while (TcpFrameReader.TryRead(framing, BytesMax, ref buffer, out var frame, out var tooLarge))
            {
                tooLarge.ShouldBeFalse();
                frames.Add(Convert.ToHexString(frame.ToArray()));
            }

            var rest = new List<byte[]>();
            foreach (var segment in buffer)
                rest.Add(segment.ToArray());
            held = [.. rest];
        }

        held.Sum(h => h.Length).ShouldBe(0, Encoding.ASCII.GetString(held.SelectMany(h => h).ToArray()));
        return frames;
    }

    private sealed class Segments : ReadOnlySequenceSegment<byte>
    {
        public static ReadOnlySequence<byte> Of(byte[][] pieces)
        {
            var first = new Segments { Memory = pieces[0] };
            var last = first;
            foreach (var piece in pieces[1..])
            {
                var next = new Segments { Memory = piece, RunningIndex = last.RunningIndex + last.Memory.Length };
                last.Next = next;
                last = next;
            }

            return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
        }
    }
}
