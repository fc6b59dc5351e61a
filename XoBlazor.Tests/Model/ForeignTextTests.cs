using XoBlazor.Core.Model;

namespace XoBlazor.Tests.Model;

public sealed class ForeignTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("web-01 (Zürich) – naïve\nsecond line")]
    public void Shown_OrdinaryText_IsTheSameInstance(string text) => Assert.Same(text, ForeignText.Shown(text));

    [Theory]
    [InlineData("日本語 😀")]
    [InlineData("Ω ≈ №")]
    public void Shown_OtherScriptsReadFromLeftToRight_AreAsTheyWere(string text) => Assert.Equal(text, ForeignText.Shown(text));

    [Theory]
    [InlineData("a\u202Eexe.gpj", "a\uFFFDexe.gpj")]
    [InlineData("a\u2066b\u2069", "a\uFFFDb\uFFFD")]
    [InlineData("nul\0bell\u0007del\u007F", "nul\u2400bell\u2407del\u2421")]
    [InlineData("next\u0085line\u2028", "next\uFFFDline\uFFFD")]
    public void Shown_LettersNobodySees_AreSeen(string text, string shown) => Assert.Equal(shown, ForeignText.Shown(text));

    [Theory]
    [InlineData("שלום")]
    [InlineData("web مرحبا 7")]
    [InlineData("\uD83A\uDD00")]
    public void Shown_ReadFromRightToLeft_StandsApart(string text) => Assert.Equal($"\u2068{text}\u2069", ForeignText.Shown(text));

    [Theory]
    [InlineData("שלום", "שלום", true)]
    [InlineData("\u2068שלום\u2069", "שלום", true)]
    [InlineData("a\uFFFDb ", "a\u202Eb", true)]
    [InlineData("web-1", "web-2", false)]
    [InlineData("", "web", false)]
    public void IsMeant_TypedOrCopied_ComparesWhatIsSeen(string typed, string text, bool isMeant) => Assert.Equal(isMeant, ForeignText.IsMeant(typed, text));
}
