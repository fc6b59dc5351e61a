using XoBlazor.Core.Patching;

namespace XoBlazor.Tests.Patching;

/// <summary>Settings that cannot work are told by name, with what they should look like.</summary>
public sealed class PatchingOptionsTests
{
    [Fact]
    public void Validate_AsItComes_AndWithMirrors_IsFine() =>
        Assert.Empty(new PatchingOptions { HttpProxy = "http://proxy:3128", Mirrors = { "https://mirror.example", "http://192.168.1.7:8080/updates/" } }.Validate(new(new object())));

    [Fact]
    public void Validate_OfWhatCannotWork_NamesEach()
    {
        var told = new PatchingOptions { CatalogueUrl = "/srv/updates.xml", HttpProxy = "http://ada:secret@proxy:3128", Mirrors = { "mirror.example" } }.Validate(new(new object())).Select(one => one.ErrorMessage!).ToList();

        Assert.Equal(["Patching:CatalogueUrl: This is no address of a catalogue.", "Patching:HttpProxy: This is no address of a proxy.", "Patching:Mirrors: This is no address of a mirror."], told.Select(words => words[..(words.IndexOf('.', StringComparison.Ordinal) + 1)]));
        Assert.All(told, words => Assert.Contains("begins with https:// or http://", words, StringComparison.Ordinal));
        Assert.DoesNotContain(told, words => words.Contains("secret", StringComparison.Ordinal));
    }
}
