using XoBlazor.Core.Consoles.Rfb;

namespace XoBlazor.Tests.Consoles;

/// <summary>Where what a host sends begins and ends, whatever pieces it comes in.</summary>
public sealed class RfbServerReaderTests
{
    private static readonly byte[] s_pixel = [1, 2, 3, 0];

    /// <summary>Each encoding's rectangle, and the length of its body.</summary>
    public static TheoryData<string, byte[]> Rects() => new()
    {
        { "raw", Rect(0, 2, 2, new byte[16]) },
        { "copyrect", Rect(1, 5, 5, [0, 1, 0, 2]) },
        { "rre", Rect(2, 9, 9, [0, 0, 0, 2, .. s_pixel, .. new byte[24]]) },
        { "hextile raw", Rect(5, 3, 2, [1, .. new byte[24]]) },
        { "hextile plain", Rect(5, 17, 1, [2, .. s_pixel, 0]) },
        { "hextile parts", Rect(5, 16, 16, [2 | 4 | 8, .. s_pixel, .. s_pixel, 3, 0, 0, 0, 0, 0, 0]) },
        { "hextile coloured parts", Rect(5, 16, 16, [8 | 16, 2, .. s_pixel, 0, 0, .. s_pixel, 0, 0]) },
        { "hextile of several tiles", Rect(5, 33, 20, [2, .. s_pixel, 0, 1, .. new byte[1 * 16 * 4], 0, 8, 0, 1, .. new byte[1 * 4 * 4]]) },
        { "zlib", Rect(6, 4, 4, [0, 0, 0, 5, 1, 2, 3, 4, 5]) },
        { "zrle", Rect(16, 4, 4, [0, 0, 0, 3, 1, 2, 3]) },
        { "tight fill", Rect(7, 100, 100, [0x80, 1, 2, 3]) },
        { "tight jpeg", Rect(7, 100, 100, [0x90, 0xC8, 0x01, .. new byte[200]]) },
        { "tight copy", Rect(7, 10, 10, [0x00, 0x05, .. new byte[5]]) },
        { "tight, too little to compress", Rect(7, 1, 3, [0x00, .. new byte[9]]) },
        { "tight of two colours", Rect(7, 16, 8, [0x40, 1, 1, .. new byte[6], 3, 1, 2, 3]) },
        { "tight of few colours", Rect(7, 2, 3, [0x40, 1, 4, .. new byte[15], .. new byte[6]]) },
        { "tight gradient", Rect(7, 8, 8, [0x40, 2, 0x80, 0x80, 0x01, .. new byte[16384]]) },
        { "tight png", Rect(-260, 8, 8, [0xA0, 2, 1, 2]) },
        { "cursor", Rect(-239, 9, 2, new byte[(9 * 2 * 4) + (2 * 2)]) },
        { "vmware cursor", Rect(0x574D5664, 2, 2, [0, 0, .. new byte[32]]) },
        { "vmware alpha cursor", Rect(0x574D5664, 2, 2, [1, 0, .. new byte[16]]) },
        { "desktop size", Rect(-223, 800, 600, []) },
        { "extended desktop size", Rect(-308, 800, 600, [2, 0, 0, 0, .. new byte[32]]) },
        { "qemu keys", Rect(-258, 0, 0, []) },
        { "lamps", Rect(-261, 0, 0, [7]) },
        { "nothing", Rect(0, 0, 0, []) },
        { "no tiles", Rect(5, 0, 16, []) },
    };

    [Theory]
    [MemberData(nameof(Rects))]
    public void Rect_InAnyPieces_EndsWhereItEnds(string name, byte[] rect)
    {
        byte[] bytes = [0, 0, 0, 2, .. rect, .. Rect(1, 1, 1, new byte[4]), 2, 3, 0, 0, 0, 0, 0, 0, 2, 65, 66, 0, 0, 0xFF, 0xFF, .. rect, .. Rect(-224, 0, 0, []), 2];
        string[] expected =
        [
            $"rect {16}", $"end {4 + rect.Length}", $"rect {16 + rect.Length}", $"end {20 + rect.Length}", $"update {20 + rect.Length}", $"message 2 {21 + rect.Length}", $"over {21 + rect.Length}",
            $"clipboard {22 + rect.Length}", $"message 3 {29 + rect.Length}", $"over {31 + rect.Length}", $"rect {47 + rect.Length}", $"end {35 + (2 * rect.Length)}", $"rect {47 + (2 * rect.Length)}", $"end {47 + (2 * rect.Length)}", $"update {47 + (2 * rect.Length)}",
            $"message 2 {48 + (2 * rect.Length)}", $"over {48 + (2 * rect.Length)}",
        ];

        foreach (var size in new[] { 1, 2, 3, 5, 7, 16, 61, bytes.Length })
            Assert.Equal(expected, Heard(bytes, size));
        for (var split = 1; split < Math.Min(bytes.Length, 200); split++)
            Assert.Equal(expected, Heard([bytes[..split], bytes[split..]]));
        Assert.NotEmpty(name);
    }

    /// <summary>What no host that means well sends.</summary>
    public static TheoryData<string, byte[]> Wrong() => new()
    {
        { "a message nobody asked for", [77] },
        { "an encoding nobody asked for", Update(Rect(15, 1, 1, [])) },
        { "a piece larger than any screen", Update(Rect(0, 20_000, 1, [])) },
        { "more parts than pixels", Update(Rect(2, 2, 2, [0, 0, 0, 5])) },
        { "more bytes than it could take", Update(Rect(16, 2, 2, [0x7F, 0, 0, 0])) },
        { "a kind of Tight that there is not", Update(Rect(7, 2, 2, [0xF0])) },
        { "PNG where Tight was asked for", Update(Rect(7, 2, 2, [0xA0])) },
        { "a filter that there is not", Update(Rect(7, 2, 2, [0x40, 9])) },
        { "a pointer as large as a wall", Update(Rect(-239, 5000, 5000, [])) },
        { "a screen larger than any", Update(Rect(-223, 40_000, 40_000, [])) },
        { "a clipboard of gigabytes", [3, 0, 0, 0, 0x7F, 0, 0, 0] },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Read_WhatCannotBe_IsRefusedInWords(string what, byte[] bytes)
    {
        var link = new RfbServerReader();
        var events = new Sizes();

        var refusal = Assert.Throws<RfbException>(() => link.Read(bytes, events));

        Assert.StartsWith("the host", refusal.Message, StringComparison.Ordinal);
        Assert.NotEmpty(what);
    }

    [Fact]
    public void Read_Noise_IsRefusedOrWaitsForMore()
    {
        var seed = Environment.TickCount & 0xFFFF;
        var random = new Random(seed);
        for (var turn = 0; turn < 3000; turn++)
        {
            var bytes = new byte[random.Next(1, 400)];
            random.NextBytes(bytes);
            // So that it gets further than the first byte.
            if (random.Next(2) == 0)
                (bytes[0], bytes[^1]) = (0, 0);
            var (whole, pieces) = (new Sizes(), new Sizes());

            var first = Record.Exception(() => new RfbServerReader().Read(bytes, whole));
            var reader = new RfbServerReader();
            var second = Record.Exception(() =>
            {
                foreach (var one in bytes)
                    reader.Read([one], pieces);
            });

            Assert.True(first is null or RfbException, $"seed {seed}, turn {turn}: {first}");
            Assert.True(first?.Message == second?.Message, $"seed {seed}, turn {turn}: {first} but {second}");
            Assert.Equal(whole.Count, pieces.Count);
        }
    }

    private static byte[] Update(byte[] rect) => [0, 0, 0, 1, .. rect];

    private static byte[] Rect(int encoding, int width, int height, byte[] body) =>
        [0, 0, 0, 0, (byte)(width >> 8), (byte)width, (byte)(height >> 8), (byte)height, (byte)(encoding >> 24), (byte)(encoding >> 16), (byte)(encoding >> 8), (byte)encoding, .. body];

    private static List<string> Heard(byte[] bytes, int size) => Heard(bytes.Chunk(size));

    private static List<string> Heard(IEnumerable<byte[]> pieces)
    {
        var (reader, events) = (new RfbServerReader(), new Told());
        foreach (var piece in pieces)
        {
            reader.Read(piece, events);
            events.Before += piece.Length;
        }

        return events.Heard;
    }

    private sealed class Told : IRfbServerEvents
    {
        public List<string> Heard { get; } = [];

        public int Before { get; set; }

        public void RectBegan(RfbRect rect, int at) => Heard.Add($"rect {Before + at}");

        public void RectEnded(RfbRect rect, int at) => Heard.Add($"end {Before + at}");

        public void UpdateEnded(int at) => Heard.Add($"update {Before + at}");

        public void CutTextBegins(int at) => Heard.Add($"clipboard {Before + at}");

        public void MessageBegan(ReadOnlySpan<byte> head, int at) => Heard.Add($"message {head[0]} {Before + at}");

        public void MessageEnded(int at) => Heard.Add($"over {Before + at}");
    }

    private sealed class Sizes : IRfbServerEvents
    {
        public int Count { get; private set; }

        public void RectBegan(RfbRect rect, int at)
        {
            Count++;
            if (RfbEncoding.IsResize(rect.Encoding) && rect.Y == 0)
                RfbSize.Checked(rect.Width, rect.Height);
        }

        public void RectEnded(RfbRect rect, int at) => Count++;

        public void UpdateEnded(int at) => Count++;

        public void CutTextBegins(int at) => Count++;

        public void MessageBegan(ReadOnlySpan<byte> head, int at) => Count++;

        public void MessageEnded(int at) => Count++;
    }
}
