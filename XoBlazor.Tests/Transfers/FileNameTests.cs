using XoBlazor.Core.Transfers;

namespace XoBlazor.Tests.Transfers;

public sealed class FileNameTests
{
    [Theory]
    [InlineData("web 01", "web 01.xva")]
    [InlineData("../../etc/passwd", "_.._etc_passwd.xva")]
    [InlineData("a\"b\r\nc;d", "a_b__c_d.xva")]
    [InlineData("Büro \u202Egnp.exe", "Büro gnp.exe.xva")]
    [InlineData("…", "_.xva")]
    [InlineData(" . ", "otherwise.xva")]
    [InlineData("", "otherwise.xva")]
    public void Of_WhatAPoolCallsIt_IsSafe(string name, string expected) => Assert.Equal(expected, FileName.Of(name, "otherwise", "xva"));

    [Fact]
    public void Of_ALongName_IsCut() => Assert.Equal(104, FileName.Of(new string('x', 5000), "otherwise", "xva").Length);
}
