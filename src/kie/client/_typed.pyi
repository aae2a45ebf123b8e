"""``run`` and ``submit`` with the inputs of every model. Generated from the catalogue by ``python tools/make_types.py``: do not edit.

A call with keywords is checked against the model that its first argument names; ``kie.types`` has the classes. A name
that a checker cannot know (a variable, a model of one's own catalogue, an uncommon spelling) goes with its inputs as
one mapping, the last overload: ``kie.run(name, {"prompt": "waves"})``. There is no overload of ``str`` with free
keywords, for a literal is a ``str`` as well and every mistake would match it.
"""
# ruff: noqa: E501, PYI021 -- the lines about a model are for the editor

from collections.abc import Coroutine, Mapping
from decimal import Decimal
from typing import Any, Generic, Literal, TypeVar, Unpack, overload

from kie import types as t
from kie.client.results import AsyncResult, AsyncTask, Result, Task

_TaskT = TypeVar("_TaskT")
_ResultT = TypeVar("_ResultT")

class _Typed(Generic[_TaskT, _ResultT]):
    @overload
    def submit(
        self,
        model_id: Literal[
            "4o-image-api",
            "4o-image",
            "custom_4o_image",
            "ghibli",
            "gpt-4o-image",
            "gpt-4o-image-generation",
            "gpt4o",
            "gpt4o-image",
        ],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Openai4oImageApiInput],
    ) -> _TaskT:
        """GPT-4o Image (text-to-image, image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["ai-music-api/add-instrumental"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiAddInstrumentalInput],
    ) -> _TaskT:
        """Suno add instrumental (add-instrumental)."""

    @overload
    def submit(
        self,
        model_id: Literal["ai-music-api/add-vocals"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiAddVocalsInput],
    ) -> _TaskT:
        """Suno add vocals (add-vocals)."""

    @overload
    def submit(
        self,
        model_id: Literal["ai-music-api/boost-music-style"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiBoostMusicStyleInput],
    ) -> _TaskT:
        """Suno style boost (style-boost)."""

    @overload
    def submit(
        self,
        model_id: Literal["ai-music-api/check-voice"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiCheckVoiceInput],
    ) -> _TaskT:
        """Suno check voice (check-voice)."""

    @overload
    def submit(
        self,
        model_id: Literal["ai-music-api/convert-to-wav-format", "ai-music-api/convert-to-wav", "suno-wav"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiConvertToWavFormatInput],
    ) -> _TaskT:
        """Suno song as WAV (format-conversion)."""

    @overload
    def submit(
        self,
        model_id: Literal["ai-music-api/cover-generate"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiCoverGenerateInput],
    ) -> _TaskT:
        """Suno cover art (cover-art)."""

    @overload
    def submit(
        self,
        model_id: Literal["ai-music-api/create-music-video", "suno-music-video"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiCreateMusicVideoInput],
    ) -> _TaskT:
        """Suno create music video (music-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["ai-music-api/create-voice"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiCreateVoiceInput],
    ) -> _TaskT:
        """Suno create voice (create-voice)."""

    @overload
    def submit(
        self,
        model_id: Literal["ai-music-api/extend", "suno-extend"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiExtendInput],
    ) -> _TaskT:
        """Suno extend (music-extend)."""

    @overload
    def submit(
        self,
        model_id: Literal[
            "ai-music-api/generate",
            "V3_5",
            "V4",
            "V4_5",
            "V4_5ALL",
            "V4_5PLUS",
            "V5",
            "V5_5",
            "V6",
            "V6_MINI",
            "V6_WILD",
            "suno",
            "suno-api",
            "suno-music",
            "suno-v3.5",
            "suno-v4",
            "suno-v4.5",
            "suno-v4.5all",
            "suno-v4.5plus",
            "suno-v5",
            "suno-v5.5",
            "suno-v6",
            "suno-v6_mini",
            "suno-v6_wild",
        ],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiGenerateInput],
    ) -> _TaskT:
        """Suno music (text-to-music)."""

    @overload
    def submit(
        self,
        model_id: Literal["ai-music-api/generate-lyrics", "suno-lyrics"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiGenerateLyricsInput],
    ) -> _TaskT:
        """Suno lyrics (lyrics)."""

    @overload
    def submit(
        self,
        model_id: Literal["ai-music-api/generate-midi-from-audio"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiGenerateMidiFromAudioInput],
    ) -> _TaskT:
        """Suno MIDI from audio (midi)."""

    @overload
    def submit(
        self,
        model_id: Literal["ai-music-api/generate-persona"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiGeneratePersonaInput],
    ) -> _TaskT:
        """Suno generate persona (persona)."""

    @overload
    def submit(
        self,
        model_id: Literal["ai-music-api/mashup"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiMashupInput],
    ) -> _TaskT:
        """Suno mashup (mashup)."""

    @overload
    def submit(
        self,
        model_id: Literal["ai-music-api/regenerate-phrase"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiRegeneratePhraseInput],
    ) -> _TaskT:
        """Suno regenerate phrase (regenerate-phrase)."""

    @overload
    def submit(
        self,
        model_id: Literal["ai-music-api/replace-section"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiReplaceSectionInput],
    ) -> _TaskT:
        """Suno replace section (replace-section)."""

    @overload
    def submit(
        self,
        model_id: Literal["ai-music-api/separate-vocals", "vocal-removal", "vocal-separation"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiSeparateVocalsInput],
    ) -> _TaskT:
        """Suno vocal and stem separation (vocal-separation)."""

    @overload
    def submit(
        self,
        model_id: Literal["ai-music-api/sounds", "elevenlabs/sfx", "sound-effects", "suno-sounds"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiSoundsInput],
    ) -> _TaskT:
        """Suno sounds (sound-effect)."""

    @overload
    def submit(
        self,
        model_id: Literal["ai-music-api/suno-recovery-audio"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiSunoRecoveryAudioInput],
    ) -> _TaskT:
        """Suno recovery of a song (recovery)."""

    @overload
    def submit(
        self,
        model_id: Literal["ai-music-api/timeStamped-lyrics"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiTimeStampedLyricsInput],
    ) -> _TaskT:
        """Suno timestamped lyrics (timestamped-lyrics)."""

    @overload
    def submit(
        self,
        model_id: Literal["ai-music-api/upload-and-cover-audio"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiUploadAndCoverAudioInput],
    ) -> _TaskT:
        """Suno upload and cover audio (music-cover)."""

    @overload
    def submit(
        self,
        model_id: Literal["ai-music-api/upload-and-extend-audio"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiUploadAndExtendAudioInput],
    ) -> _TaskT:
        """Suno upload and extend audio (music-extend)."""

    @overload
    def submit(
        self,
        model_id: Literal["ai-music-api/validation-phrase"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiValidationPhraseInput],
    ) -> _TaskT:
        """Suno validation phrase (validation-phrase)."""

    @overload
    def submit(
        self,
        model_id: Literal["bytedance/seedance-1.5-pro", "bytedance/seedance-1-5", "seedance-1.5"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.BytedanceSeedance15ProInput],
    ) -> _TaskT:
        """Seedance 1.5 Pro (text-to-video, image-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["bytedance/seedance-2", "bytedance/seedance-2.0", "seedance", "seedance-2.0"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.BytedanceSeedance2Input],
    ) -> _TaskT:
        """Seedance 2 (text-to-video, image-to-video, reference-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["bytedance/seedance-2-5"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.BytedanceSeedance25Input],
    ) -> _TaskT:
        """Seedance 2.5 (text-to-video, image-to-video, reference-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["bytedance/seedance-2-fast", "seedance-2.0-fast"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.BytedanceSeedance2FastInput],
    ) -> _TaskT:
        """Seedance 2 Fast (text-to-video, image-to-video, reference-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["bytedance/seedance-2-mini"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.BytedanceSeedance2MiniInput],
    ) -> _TaskT:
        """Seedance 2 Mini (text-to-video, image-to-video, reference-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["bytedance/seedream", "seedream-3", "seedream-3.0", "seedream/seedream"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.BytedanceSeedreamInput],
    ) -> _TaskT:
        """Seedream 3.0 (text-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["bytedance/seedream-v4-edit", "seedream-4-edit"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.BytedanceSeedreamV4EditInput],
    ) -> _TaskT:
        """Seedream 4.0 edit (image-edit, image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["bytedance/seedream-v4-text-to-image", "seedream-4", "seedream-4.0", "seedream-v4"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.BytedanceSeedreamV4TextToImageInput],
    ) -> _TaskT:
        """Seedream 4.0 text to image (text-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["bytedance/v1-lite-image-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.BytedanceV1LiteImageToVideoInput],
    ) -> _TaskT:
        """ByteDance v1 Lite image to video (image-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal[
            "bytedance/v1-lite-text-to-video", "bytedance-v1-lite", "seedance-1-lite", "seedance-1.0-lite"
        ],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.BytedanceV1LiteTextToVideoInput],
    ) -> _TaskT:
        """ByteDance v1 Lite text to video (text-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["bytedance/v1-pro-fast-image-to-video", "bytedance-v1-pro-fast", "seedance-1-pro-fast"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.BytedanceV1ProFastImageToVideoInput],
    ) -> _TaskT:
        """ByteDance v1 Pro Fast image to video (image-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["bytedance/v1-pro-image-to-video", "bytedance-v1-pro-i2v", "seedance-1-pro-i2v"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.BytedanceV1ProImageToVideoInput],
    ) -> _TaskT:
        """ByteDance v1 Pro image to video (image-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal[
            "bytedance/v1-pro-text-to-video",
            "bytedance-v1-pro",
            "bytedance/v1-pro",
            "seedance-1-pro",
            "seedance-1.0-pro",
        ],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.BytedanceV1ProTextToVideoInput],
    ) -> _TaskT:
        """ByteDance v1 Pro text to video (text-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["chat/credit", "common-api/get-account-credits", "credits"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
    ) -> _TaskT:
        """Credits left on the account (credits)."""

    @overload
    def submit(
        self,
        model_id: Literal["common/download-url", "common-api/download-url", "download-url"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.CommonDownloadUrlInput],
    ) -> _TaskT:
        """Download link of a result (download-url)."""

    @overload
    def submit(
        self,
        model_id: Literal["elevenlabs/audio-isolation", "audio-isolation", "elevenlabs-audio-isolation"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ElevenlabsAudioIsolationInput],
    ) -> _TaskT:
        """ElevenLabs audio isolation (audio-isolation)."""

    @overload
    def submit(
        self,
        model_id: Literal["elevenlabs/text-to-dialogue-v3", "eleven_v3", "elevenlabs-dialogue-v3", "elevenlabs-v3"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ElevenlabsTextToDialogueV3Input],
    ) -> _TaskT:
        """ElevenLabs text to dialogue V3 (text-to-dialogue)."""

    @overload
    def submit(
        self,
        model_id: Literal[
            "elevenlabs/text-to-speech-multilingual-v2",
            "eleven_multilingual_v2",
            "elevenlabs",
            "elevenlabs-multilingual-v2",
            "elevenlabs-tts",
            "elevenlabs/tts",
        ],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ElevenlabsTextToSpeechMultilingualV2Input],
    ) -> _TaskT:
        """ElevenLabs text to speech Multilingual V2 (text-to-speech)."""

    @overload
    def submit(
        self,
        model_id: Literal[
            "elevenlabs/text-to-speech-turbo-2-5",
            "eleven_turbo_v2_5",
            "elevenlabs-turbo-2.5",
            "elevenlabs/text-to-speech-turbo-v2-5",
        ],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ElevenlabsTextToSpeechTurbo25Input],
    ) -> _TaskT:
        """ElevenLabs text to speech Turbo 2.5 (text-to-speech)."""

    @overload
    def submit(
        self,
        model_id: Literal["flux-2/flex-image-to-image", "flux-2-flex-edit", "flux2/flex-image-to-image"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Flux2FlexImageToImageInput],
    ) -> _TaskT:
        """FLUX 2 Flex image to image (image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["flux-2/flex-text-to-image", "flux-2-flex", "flux2-flex", "flux2/flex-text-to-image"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Flux2FlexTextToImageInput],
    ) -> _TaskT:
        """FLUX 2 Flex text to image (text-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["flux-2/pro-image-to-image", "flux-2-pro-edit", "flux2/pro-image-to-image"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Flux2ProImageToImageInput],
    ) -> _TaskT:
        """FLUX 2 Pro image to image (image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal[
            "flux-2/pro-text-to-image", "flux", "flux-2", "flux-2-pro", "flux2-pro", "flux2/pro-text-to-image"
        ],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Flux2ProTextToImageInput],
    ) -> _TaskT:
        """FLUX 2 Pro text to image (text-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["flux1-kontext", "custom_flux_kontext", "flux-kontext", "flux-kontext-api", "flux.1-kontext"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Flux1KontextInput],
    ) -> _TaskT:
        """FLUX.1 Kontext (text-to-image, image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["gemini-omni-video", "gemini-omni"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GeminiOmniVideoInput],
    ) -> _TaskT:
        """Gemini Omni video (text-to-video, image-to-video, video-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["google/gemini-2-5-pro-tts"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GoogleGemini25ProTtsInput],
    ) -> _TaskT:
        """Gemini 2.5 Pro TTS (text-to-speech)."""

    @overload
    def submit(
        self,
        model_id: Literal["google/gemini-3-1-flash-tts", "gemini-tts"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GoogleGemini31FlashTtsInput],
    ) -> _TaskT:
        """Gemini 3.1 Flash TTS (text-to-speech)."""

    @overload
    def submit(
        self,
        model_id: Literal["google/gemini-3-8-flash-lite-tts"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GoogleGemini38FlashLiteTtsInput],
    ) -> _TaskT:
        """Gemini 3.8 Flash Lite TTS (text-to-speech)."""

    @overload
    def submit(
        self,
        model_id: Literal["google/gemini-3-8-flash-tts"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GoogleGemini38FlashTtsInput],
    ) -> _TaskT:
        """Gemini 3.8 Flash TTS (text-to-speech)."""

    @overload
    def submit(
        self,
        model_id: Literal["google/gemini-omni-flash-1-1", "gemini-omni-flash", "gemini-omni-flash-1.1"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GoogleGeminiOmniFlash11Input],
    ) -> _TaskT:
        """Gemini Omni Flash 1.1 (text-to-video, image-to-video, video-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["google/imagen4", "google/imagen-4", "imagen", "imagen-4"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GoogleImagen4Input],
    ) -> _TaskT:
        """Imagen 4 (text-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["google/imagen4-fast", "google/imagen-4-fast", "imagen-4-fast"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GoogleImagen4FastInput],
    ) -> _TaskT:
        """Imagen 4 Fast (text-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["google/imagen4-ultra", "google/imagen-4-ultra", "imagen-4-ultra"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GoogleImagen4UltraInput],
    ) -> _TaskT:
        """Imagen 4 Ultra (text-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal[
            "google/nano-banana", "gemini-2.5-flash-image", "gemini-2.5-flash-image-preview", "nano-banana"
        ],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GoogleNanoBananaInput],
    ) -> _TaskT:
        """Nano Banana (text-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["google/nano-banana-edit", "nano-banana-edit"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GoogleNanoBananaEditInput],
    ) -> _TaskT:
        """Nano Banana edit (image-edit, image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["gpt-image-2-5-flare-image-to-image"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GptImage25FlareImageToImageInput],
    ) -> _TaskT:
        """GPT Image 2.5 Flare image to image (image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["gpt-image-2-5-flare-text-to-image", "gpt-image-2.5", "gpt-image-2.5-flare"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GptImage25FlareTextToImageInput],
    ) -> _TaskT:
        """GPT Image 2.5 Flare text to image (text-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["gpt-image-2-5-sunburst-image-to-image"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GptImage25SunburstImageToImageInput],
    ) -> _TaskT:
        """GPT Image 2.5 Sunburst image to image (image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["gpt-image-2-5-sunburst-text-to-image", "gpt-image-2.5-sunburst"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GptImage25SunburstTextToImageInput],
    ) -> _TaskT:
        """GPT Image 2.5 Sunburst text to image (text-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["gpt-image-2-image-to-image", "gpt-image-2-edit"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GptImage2ImageToImageInput],
    ) -> _TaskT:
        """GPT Image 2 image to image (image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["gpt-image-2-text-to-image", "gpt-image-2"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GptImage2TextToImageInput],
    ) -> _TaskT:
        """GPT Image 2 text to image (text-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["gpt-image/1.5-image-to-image", "gpt-image-1.5-edit"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GptImage15ImageToImageInput],
    ) -> _TaskT:
        """GPT Image 1.5 image to image (image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["gpt-image/1.5-text-to-image", "gpt-image", "gpt-image-1", "gpt-image-1.5"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GptImage15TextToImageInput],
    ) -> _TaskT:
        """GPT Image 1.5 text to image (text-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["grok-imagine-image-2-0/image-edit"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GrokImagineImage20ImageEditInput],
    ) -> _TaskT:
        """Grok Imagine Image 2.0 image edit (image-edit, image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["grok-imagine-image-2-0/segment-edit"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GrokImagineImage20SegmentEditInput],
    ) -> _TaskT:
        """Grok Imagine Image 2.0 segment edit (image-edit, image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["grok-imagine-image-2-0/segment-map"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GrokImagineImage20SegmentMapInput],
    ) -> _TaskT:
        """Grok Imagine Image 2.0 segment map (segmentation)."""

    @overload
    def submit(
        self,
        model_id: Literal["grok-imagine-image-2-0/text-to-image", "grok-imagine-2.0", "grok-imagine-image-2"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GrokImagineImage20TextToImageInput],
    ) -> _TaskT:
        """Grok Imagine Image 2.0 text to image (text-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal[
            "grok-imagine-video-1-5-preview", "grok-imagine-1.5", "grok-imagine-video-1.5", "grok-imagine/1-5-preview"
        ],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GrokImagineVideo15PreviewInput],
    ) -> _TaskT:
        """Grok Imagine Video 1.5 Preview (image-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["grok-imagine/extend"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GrokImagineExtendInput],
    ) -> _TaskT:
        """Grok Imagine extend (video-extend)."""

    @overload
    def submit(
        self,
        model_id: Literal["grok-imagine/image-to-image"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GrokImagineImageToImageInput],
    ) -> _TaskT:
        """Grok Imagine Image to image (image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["grok-imagine/image-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GrokImagineImageToVideoInput],
    ) -> _TaskT:
        """Grok Imagine Image to video (image-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["grok-imagine/text-to-image", "grok-imagine"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GrokImagineTextToImageInput],
    ) -> _TaskT:
        """Grok Imagine text to image (text-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["grok-imagine/text-to-video", "grok-imagine-video"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GrokImagineTextToVideoInput],
    ) -> _TaskT:
        """Grok Imagine text to video (text-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["grok-imagine/upscale"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GrokImagineUpscaleInput],
    ) -> _TaskT:
        """Grok Imagine upscale (upscale)."""

    @overload
    def submit(
        self,
        model_id: Literal["hailuo/02-image-to-video-pro"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Hailuo02ImageToVideoProInput],
    ) -> _TaskT:
        """Hailuo 02 image to video Pro (image-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["hailuo/02-image-to-video-standard"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Hailuo02ImageToVideoStandardInput],
    ) -> _TaskT:
        """Hailuo 02 image to video Standard (image-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["hailuo/02-text-to-video-pro", "hailuo-02-pro"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Hailuo02TextToVideoProInput],
    ) -> _TaskT:
        """Hailuo 02 text to video Pro (text-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["hailuo/02-text-to-video-standard", "hailuo", "hailuo-02", "minimax-hailuo-02"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Hailuo02TextToVideoStandardInput],
    ) -> _TaskT:
        """Hailuo 02 text to video Standard (text-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["hailuo/2-3-image-to-video-pro", "hailuo-2.3-pro"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Hailuo23ImageToVideoProInput],
    ) -> _TaskT:
        """Hailuo 2.3 image to video Pro (image-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["hailuo/2-3-image-to-video-standard", "hailuo-2.3"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Hailuo23ImageToVideoStandardInput],
    ) -> _TaskT:
        """Hailuo 2.3 image to video Standard (image-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["happyhorse-1-1/image-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Happyhorse11ImageToVideoInput],
    ) -> _TaskT:
        """HappyHorse 1.1 image to video (image-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["happyhorse-1-1/reference-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Happyhorse11ReferenceToVideoInput],
    ) -> _TaskT:
        """HappyHorse 1.1 reference to video (reference-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["happyhorse-1-1/text-to-video", "happyhorse", "happyhorse-1.1"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Happyhorse11TextToVideoInput],
    ) -> _TaskT:
        """HappyHorse 1.1 text to video (text-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["happyhorse/image-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.HappyhorseImageToVideoInput],
    ) -> _TaskT:
        """HappyHorse image to video (image-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["happyhorse/reference-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.HappyhorseReferenceToVideoInput],
    ) -> _TaskT:
        """HappyHorse reference to video (reference-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["happyhorse/text-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.HappyhorseTextToVideoInput],
    ) -> _TaskT:
        """HappyHorse text to video (text-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["happyhorse/video-edit"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.HappyhorseVideoEditInput],
    ) -> _TaskT:
        """HappyHorse video edit (video-edit)."""

    @overload
    def submit(
        self,
        model_id: Literal["ideogram/character"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.IdeogramCharacterInput],
    ) -> _TaskT:
        """Ideogram character (image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["ideogram/character-edit"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.IdeogramCharacterEditInput],
    ) -> _TaskT:
        """Ideogram character edit (image-edit, image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["ideogram/character-remix"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.IdeogramCharacterRemixInput],
    ) -> _TaskT:
        """Ideogram character remix (image-edit, image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["ideogram/v3-edit"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.IdeogramV3EditInput],
    ) -> _TaskT:
        """Ideogram V3 edit (image-edit, image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["ideogram/v3-remix"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.IdeogramV3RemixInput],
    ) -> _TaskT:
        """Ideogram V3 remix (image-edit, image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["ideogram/v3-text-to-image", "ideogram", "ideogram-3", "ideogram-v3", "ideogram/v3"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.IdeogramV3TextToImageInput],
    ) -> _TaskT:
        """Ideogram V3 text to image (text-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["infinitalk/from-audio", "infinitalk"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.InfinitalkFromAudioInput],
    ) -> _TaskT:
        """InfiniTalk from audio (lip-sync)."""

    @overload
    def submit(
        self,
        model_id: Literal["kling-2.6/image-to-video", "kling-2.6-i2v", "kling/image-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Kling26ImageToVideoInput],
    ) -> _TaskT:
        """Kling 2.6 image to video (image-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["kling-2.6/motion-control", "kling/motion-control"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Kling26MotionControlInput],
    ) -> _TaskT:
        """Kling 2.6 motion control (motion-transfer)."""

    @overload
    def submit(
        self,
        model_id: Literal["kling-2.6/text-to-video", "kling-2.6", "kling/text-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Kling26TextToVideoInput],
    ) -> _TaskT:
        """Kling 2.6 text to video (text-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["kling-3.0-omni/image-to-video", "kling/v3-omni-image-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Kling30OmniImageToVideoInput],
    ) -> _TaskT:
        """Kling 3.0 Omni image to video (image-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["kling-3.0-omni/reference-to-video", "kling/v3-omni-reference-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Kling30OmniReferenceToVideoInput],
    ) -> _TaskT:
        """Kling 3.0 Omni reference to video (reference-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["kling-3.0-omni/text-to-video", "kling-3.0-omni", "kling-o3", "kling/v3-omni-text-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Kling30OmniTextToVideoInput],
    ) -> _TaskT:
        """Kling 3.0 Omni text to video (text-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["kling-3.0-omni/transformation", "kling/v3-omni-transformation"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Kling30OmniTransformationInput],
    ) -> _TaskT:
        """Kling 3.0 Omni transformation (video-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["kling-3.0/motion-control", "kling/motion-control-v3"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Kling30MotionControlInput],
    ) -> _TaskT:
        """Kling 3.0 motion control (motion-transfer)."""

    @overload
    def submit(
        self,
        model_id: Literal["kling-3.0/video", "kling", "kling-3", "kling-3.0", "kling-v3", "kling/kling-3-0"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Kling30VideoInput],
    ) -> _TaskT:
        """Kling 3.0 (text-to-video, image-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["kling/ai-avatar-pro", "kling-avatar-pro"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.KlingAiAvatarProInput],
    ) -> _TaskT:
        """Kling AI avatar Pro (avatar)."""

    @overload
    def submit(
        self,
        model_id: Literal["kling/ai-avatar-standard", "kling-avatar"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.KlingAiAvatarStandardInput],
    ) -> _TaskT:
        """Kling AI avatar Standard (avatar)."""

    @overload
    def submit(
        self,
        model_id: Literal["kling/v2-1-master-image-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.KlingV21MasterImageToVideoInput],
    ) -> _TaskT:
        """Kling 2.1 Master image to video (image-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["kling/v2-1-master-text-to-video", "kling-2.1-master", "kling-v2-1-master"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.KlingV21MasterTextToVideoInput],
    ) -> _TaskT:
        """Kling 2.1 Master text to video (text-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["kling/v2-1-pro", "kling-2.1-pro"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.KlingV21ProInput],
    ) -> _TaskT:
        """Kling 2.1 Pro (image-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["kling/v2-1-standard", "kling-2.1", "kling-2.1-standard"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.KlingV21StandardInput],
    ) -> _TaskT:
        """Kling 2.1 Standard (image-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal[
            "kling/v2-5-turbo-image-to-video-pro", "kling-2.5-turbo-i2v", "kling/v25-turbo-image-to-video-pro"
        ],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.KlingV25TurboImageToVideoProInput],
    ) -> _TaskT:
        """Kling 2.5 Turbo image to video Pro (image-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal[
            "kling/v2-5-turbo-text-to-video-pro", "kling-2.5", "kling-2.5-turbo", "kling/v25-turbo-text-to-video-pro"
        ],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.KlingV25TurboTextToVideoProInput],
    ) -> _TaskT:
        """Kling 2.5 Turbo text to video Pro (text-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["kling/v3-turbo-image-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.KlingV3TurboImageToVideoInput],
    ) -> _TaskT:
        """Kling 3.0 Turbo image to video (image-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["kling/v3-turbo-text-to-video", "kling-3-turbo", "kling-3.0-turbo"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.KlingV3TurboTextToVideoInput],
    ) -> _TaskT:
        """Kling 3.0 Turbo text to video (text-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["minimax-h3/image-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.MinimaxH3ImageToVideoInput],
    ) -> _TaskT:
        """MiniMax H3 image to video (image-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["minimax-h3/reference-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.MinimaxH3ReferenceToVideoInput],
    ) -> _TaskT:
        """MiniMax H3 reference to video (reference-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["minimax-h3/text-to-video", "minimax", "minimax-h3"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.MinimaxH3TextToVideoInput],
    ) -> _TaskT:
        """MiniMax H3 text to video (text-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal[
            "nano-banana-2",
            "gemini-3.1-flash-image",
            "gemini-3.1-flash-image-preview",
            "google/nano-banana-2",
            "google/nanobanana2",
            "nanobanana2",
        ],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.NanoBanana2Input],
    ) -> _TaskT:
        """Nano Banana 2 (text-to-image, image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["nano-banana-2-1"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.NanoBanana21Input],
    ) -> _TaskT:
        """Nano Banana 2.1 (text-to-image, image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["nano-banana-2-lite"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.NanoBanana2LiteInput],
    ) -> _TaskT:
        """Nano Banana 2 Lite (text-to-image, image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal[
            "nano-banana-pro",
            "gemini-3-pro-image",
            "gemini-3-pro-image-preview",
            "google/nano-banana-pro",
            "google/pro-image-to-image",
            "nano-banana-3",
        ],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.NanoBananaProInput],
    ) -> _TaskT:
        """Nano Banana Pro (text-to-image, image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["omni/audio/create", "gemini-omni-audio"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.OmniAudioCreateInput],
    ) -> _TaskT:
        """Gemini Omni voice (voice-create)."""

    @overload
    def submit(
        self,
        model_id: Literal["omni/character/create", "gemini-omni-character"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.OmniCharacterCreateInput],
    ) -> _TaskT:
        """Gemini Omni character (character-create)."""

    @overload
    def submit(
        self,
        model_id: Literal["omnihuman-1-5", "bytedance/omnihuman-1.5", "omni-human", "omnihuman"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Omnihuman15Input],
    ) -> _TaskT:
        """OmniHuman 1.5 (avatar)."""

    @overload
    def submit(
        self,
        model_id: Literal["omnihuman-1-5/human-identification"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Omnihuman15HumanIdentificationInput],
    ) -> _TaskT:
        """OmniHuman 1.5 human identification (image-analysis)."""

    @overload
    def submit(
        self,
        model_id: Literal["omnihuman-1-5/subject-detection"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Omnihuman15SubjectDetectionInput],
    ) -> _TaskT:
        """OmniHuman 1.5 subject detection (segmentation)."""

    @overload
    def submit(
        self,
        model_id: Literal["pixverse-v6/extend", "pixverse/extend"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.PixverseV6ExtendInput],
    ) -> _TaskT:
        """PixVerse V6 extend (video-extend)."""

    @overload
    def submit(
        self,
        model_id: Literal["pixverse-v6/image-to-video", "pixverse/image-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.PixverseV6ImageToVideoInput],
    ) -> _TaskT:
        """PixVerse V6 image to video (image-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["pixverse-v6/reference-to-video", "pixverse/reference-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.PixverseV6ReferenceToVideoInput],
    ) -> _TaskT:
        """PixVerse V6 reference to video (reference-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["pixverse-v6/text-to-video", "pixverse", "pixverse-v6", "pixverse/text-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.PixverseV6TextToVideoInput],
    ) -> _TaskT:
        """PixVerse V6 text to video (text-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["pixverse-v6/transition", "pixverse/transition"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.PixverseV6TransitionInput],
    ) -> _TaskT:
        """PixVerse V6 transition (transition)."""

    @overload
    def submit(
        self,
        model_id: Literal["qwen/image-edit", "qwen-image-edit"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.QwenImageEditInput],
    ) -> _TaskT:
        """Qwen image edit (image-edit, image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["qwen/image-to-image"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.QwenImageToImageInput],
    ) -> _TaskT:
        """Qwen image to image (image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["qwen/text-to-image", "qwen", "qwen-image"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.QwenTextToImageInput],
    ) -> _TaskT:
        """Qwen text to image (text-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["qwen2-1/image-to-image"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Qwen21ImageToImageInput],
    ) -> _TaskT:
        """Qwen 2.1 image to image (image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["qwen2-1/text-to-image", "qwen-image-2.1"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Qwen21TextToImageInput],
    ) -> _TaskT:
        """Qwen 2.1 text to image (text-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["qwen2/image-edit", "qwen-image-2-edit"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Qwen2ImageEditInput],
    ) -> _TaskT:
        """Qwen 2 image edit (image-edit, image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["qwen2/text-to-image", "qwen-image-2"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Qwen2TextToImageInput],
    ) -> _TaskT:
        """Qwen 2 text to image (text-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["qwen3/image-to-image"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Qwen3ImageToImageInput],
    ) -> _TaskT:
        """Qwen 3 image to image (image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["qwen3/pro-image-to-image", "qwen3-pro/image-to-image"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Qwen3ProImageToImageInput],
    ) -> _TaskT:
        """Qwen 3 Pro image to image (image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["qwen3/pro-text-to-image", "qwen-image-3-pro", "qwen3-pro/text-to-image"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Qwen3ProTextToImageInput],
    ) -> _TaskT:
        """Qwen 3 Pro text to image (text-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["qwen3/text-to-image", "qwen-image-3"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Qwen3TextToImageInput],
    ) -> _TaskT:
        """Qwen 3 text to image (text-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["recraft/crisp-upscale"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.RecraftCrispUpscaleInput],
    ) -> _TaskT:
        """Recraft Crisp upscale (upscale)."""

    @overload
    def submit(
        self,
        model_id: Literal[
            "recraft/remove-background",
            "background-removal",
            "recraft",
            "recraft/remove-bg",
            "remove-background",
            "remove-bg",
        ],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.RecraftRemoveBackgroundInput],
    ) -> _TaskT:
        """Recraft remove background (background-removal)."""

    @overload
    def submit(
        self,
        model_id: Literal["runway", "runway-gen-3", "runway-gen-4", "runwayml"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.RunwayInput],
    ) -> _TaskT:
        """Runway (text-to-video, image-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["runway/extend-ai-video", "runway-extend"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.RunwayExtendAiVideoInput],
    ) -> _TaskT:
        """Runway extend (video-extend)."""

    @overload
    def submit(
        self,
        model_id: Literal["runway/gen4-aleph", "aleph", "gen4-aleph", "runway-aleph", "runway/aleph"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.RunwayGen4AlephInput],
    ) -> _TaskT:
        """Runway Gen-4 Aleph (video-edit)."""

    @overload
    def submit(
        self,
        model_id: Literal["seedream/4.5-edit", "seedream-4.5-edit"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Seedream45EditInput],
    ) -> _TaskT:
        """Seedream 4.5 edit (image-edit, image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["seedream/4.5-text-to-image", "seedream", "seedream-4.5"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Seedream45TextToImageInput],
    ) -> _TaskT:
        """Seedream 4.5 text to image (text-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["seedream/5-flash-image-to-image"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Seedream5FlashImageToImageInput],
    ) -> _TaskT:
        """Seedream 5.0 Flash image to image (image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["seedream/5-flash-layer-decomposition"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Seedream5FlashLayerDecompositionInput],
    ) -> _TaskT:
        """Seedream 5.0 Flash layer decomposition (layer-decomposition)."""

    @overload
    def submit(
        self,
        model_id: Literal["seedream/5-flash-text-to-image", "seedream-5-flash"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Seedream5FlashTextToImageInput],
    ) -> _TaskT:
        """Seedream 5.0 Flash text to image (text-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal[
            "seedream/5-lite-image-to-image", "market/seedream-5-lite-image-to-image", "seedream-5-lite-edit"
        ],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Seedream5LiteImageToImageInput],
    ) -> _TaskT:
        """Seedream 5.0 Lite image to image (image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["seedream/5-lite-text-to-image", "seedream-5-lite", "seedream-5.0-lite"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Seedream5LiteTextToImageInput],
    ) -> _TaskT:
        """Seedream 5.0 Lite text to image (text-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["seedream/5-pro-image-to-image", "seedream-5-pro-edit"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Seedream5ProImageToImageInput],
    ) -> _TaskT:
        """Seedream 5.0 Pro image to image (image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["seedream/5-pro-layer-decomposition"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Seedream5ProLayerDecompositionInput],
    ) -> _TaskT:
        """Seedream 5.0 Pro layer decomposition (layer-decomposition)."""

    @overload
    def submit(
        self,
        model_id: Literal["seedream/5-pro-text-to-image", "seedream-5", "seedream-5-pro", "seedream-5.0-pro"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Seedream5ProTextToImageInput],
    ) -> _TaskT:
        """Seedream 5.0 Pro text to image (text-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["topaz/image-upscale", "topaz", "topaz-upscale"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.TopazImageUpscaleInput],
    ) -> _TaskT:
        """Topaz image upscale (upscale)."""

    @overload
    def submit(
        self,
        model_id: Literal["topaz/video-upscale"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.TopazVideoUpscaleInput],
    ) -> _TaskT:
        """Topaz video upscale (upscale)."""

    @overload
    def submit(
        self,
        model_id: Literal["veo-3-1", "google/veo-3.1", "veo", "veo3.1"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Veo31Input],
    ) -> _TaskT:
        """Veo 3.1 (text-to-video, image-to-video, reference-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["veo/extend", "veo-3.1-extend"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.VeoExtendInput],
    ) -> _TaskT:
        """Veo 3.1 extend (video-extend)."""

    @overload
    def submit(
        self,
        model_id: Literal["veo/get-1080p-video"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.VeoGet1080pVideoInput],
    ) -> _TaskT:
        """Veo 3.1, 1080p version (upscale)."""

    @overload
    def submit(
        self,
        model_id: Literal["veo/get-4k-video"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.VeoGet4kVideoInput],
    ) -> _TaskT:
        """Veo 3.1, 4K version (upscale)."""

    @overload
    def submit(
        self,
        model_id: Literal["volcengine/video-to-video-lip-sync", "lip-sync", "volcengine-lip-sync"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.VolcengineVideoToVideoLipSyncInput],
    ) -> _TaskT:
        """Volcengine video to video lip sync (lip-sync)."""

    @overload
    def submit(
        self,
        model_id: Literal["wan/2-2-a14b-image-to-video-turbo"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan22A14bImageToVideoTurboInput],
    ) -> _TaskT:
        """Wan 2.2 A14B image to video Turbo (image-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["wan/2-2-a14b-speech-to-video-turbo"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan22A14bSpeechToVideoTurboInput],
    ) -> _TaskT:
        """Wan 2.2 A14B speech to video Turbo (speech-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["wan/2-2-a14b-text-to-video-turbo", "wan-2.2", "wan-2.2-turbo"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan22A14bTextToVideoTurboInput],
    ) -> _TaskT:
        """Wan 2.2 A14B text to video Turbo (text-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["wan/2-2-animate-move", "wan-2.2-animate"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan22AnimateMoveInput],
    ) -> _TaskT:
        """Wan 2.2 animate move (motion-transfer)."""

    @overload
    def submit(
        self,
        model_id: Literal["wan/2-2-animate-replace"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan22AnimateReplaceInput],
    ) -> _TaskT:
        """Wan 2.2 animate replace (motion-transfer)."""

    @overload
    def submit(
        self,
        model_id: Literal["wan/2-5-image-to-video", "wan-2.5-i2v"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan25ImageToVideoInput],
    ) -> _TaskT:
        """Wan 2.5 image to video (image-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["wan/2-5-text-to-video", "wan-2.5"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan25TextToVideoInput],
    ) -> _TaskT:
        """Wan 2.5 text to video (text-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["wan/2-6-flash-image-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan26FlashImageToVideoInput],
    ) -> _TaskT:
        """Wan 2.6 Flash image to video (image-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["wan/2-6-flash-video-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan26FlashVideoToVideoInput],
    ) -> _TaskT:
        """Wan 2.6 Flash video to video (video-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["wan/2-6-image-to-video", "wan-2.6-i2v"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan26ImageToVideoInput],
    ) -> _TaskT:
        """Wan 2.6 image to video (image-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["wan/2-6-text-to-video", "wan-2.6"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan26TextToVideoInput],
    ) -> _TaskT:
        """Wan 2.6 text to video (text-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["wan/2-6-video-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan26VideoToVideoInput],
    ) -> _TaskT:
        """Wan 2.6 video to video (video-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["wan/2-7-image", "wan-2.7-image", "wan-image"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan27ImageInput],
    ) -> _TaskT:
        """Wan 2.7 image (text-to-image, image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["wan/2-7-image-pro"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan27ImageProInput],
    ) -> _TaskT:
        """Wan 2.7 image Pro (text-to-image, image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["wan/2-7-image-to-video", "wan-2.7-i2v"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan27ImageToVideoInput],
    ) -> _TaskT:
        """Wan 2.7 image to video (image-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["wan/2-7-r2v", "wan-2.7-reference-to-video", "wan/2-7-reference-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan27R2vInput],
    ) -> _TaskT:
        """Wan 2.7 reference to video (reference-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["wan/2-7-text-to-video", "wan-2.7"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan27TextToVideoInput],
    ) -> _TaskT:
        """Wan 2.7 text to video (text-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["wan/2-7-videoedit", "wan-2.7-video-edit"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan27VideoeditInput],
    ) -> _TaskT:
        """Wan 2.7 video edit (video-edit)."""

    @overload
    def submit(
        self,
        model_id: Literal["wan/3-0-video", "wan", "wan-3", "wan-3.0"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan30VideoInput],
    ) -> _TaskT:
        """Wan 3.0 video (text-to-video, image-to-video, reference-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["wan/3-0-video-prime", "wan-3.0-prime"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan30VideoPrimeInput],
    ) -> _TaskT:
        """Wan 3.0 video Prime (text-to-video, image-to-video, reference-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["z-image", "z-image-turbo"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ZImageInput],
    ) -> _TaskT:
        """Z-Image (text-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["aleph/generate", "runway-api/generate-aleph-video"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.RunwayAlephGenerateInput],
    ) -> _TaskT:
        """Runway Aleph (endpoint of its own) (video-edit)."""

    @overload
    def submit(
        self,
        model_id: Literal[
            "flux/kontext/generate",
            "black-forest-labs/flux-kontext-max",
            "black-forest-labs/flux-kontext-pro",
            "flux-kontext-api/generate-or-edit-image",
            "flux-kontext-max",
            "flux-kontext-pro",
            "flux.1-kontext-max",
            "flux.1-kontext-pro",
            "flux1-kontext-max",
            "flux1-kontext-pro",
        ],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.FluxKontextGenerateInput],
    ) -> _TaskT:
        """FLUX.1 Kontext (endpoint of its own) (text-to-image, image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["generate", "suno-api/generate-music"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoGenerateInput],
    ) -> _TaskT:
        """Suno music (endpoint of its own) (text-to-music)."""

    @overload
    def submit(
        self,
        model_id: Literal["generate/add-instrumental", "suno-api/add-instrumental"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoGenerateAddInstrumentalInput],
    ) -> _TaskT:
        """Suno add instrumental (endpoint of its own) (add-instrumental)."""

    @overload
    def submit(
        self,
        model_id: Literal["generate/add-vocals", "suno-api/add-vocals"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoGenerateAddVocalsInput],
    ) -> _TaskT:
        """Suno add vocals (endpoint of its own) (add-vocals)."""

    @overload
    def submit(
        self,
        model_id: Literal["generate/extend", "suno-api/extend-music"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoGenerateExtendInput],
    ) -> _TaskT:
        """Suno extend (endpoint of its own) (music-extend)."""

    @overload
    def submit(
        self,
        model_id: Literal["generate/generate-persona", "suno-api/generate-persona"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoGenerateGeneratePersonaInput],
    ) -> _TaskT:
        """Suno generate persona (endpoint of its own) (persona)."""

    @overload
    def submit(
        self,
        model_id: Literal[
            "generate/get-timestamped-lyrics", "suno-api/get-timestamped-lyrics", "suno-timestamped-lyrics"
        ],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoGenerateGetTimestampedLyricsInput],
    ) -> _TaskT:
        """Suno timestamped lyrics (endpoint of its own) (timestamped-lyrics)."""

    @overload
    def submit(
        self,
        model_id: Literal["generate/mashup", "suno-api/generate-mashup"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoGenerateMashupInput],
    ) -> _TaskT:
        """Suno mashup (endpoint of its own) (mashup)."""

    @overload
    def submit(
        self,
        model_id: Literal["generate/replace-section", "suno-api/replace-section"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoGenerateReplaceSectionInput],
    ) -> _TaskT:
        """Suno replace section (endpoint of its own) (replace-section)."""

    @overload
    def submit(
        self,
        model_id: Literal["generate/sounds", "suno-api/generate-sounds"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoGenerateSoundsInput],
    ) -> _TaskT:
        """Suno sounds (endpoint of its own) (sound-effect)."""

    @overload
    def submit(
        self,
        model_id: Literal["generate/upload-cover", "suno-api/upload-and-cover-audio"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoGenerateUploadCoverInput],
    ) -> _TaskT:
        """Suno upload cover (endpoint of its own) (music-cover)."""

    @overload
    def submit(
        self,
        model_id: Literal["generate/upload-extend", "suno-api/upload-and-extend-audio"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoGenerateUploadExtendInput],
    ) -> _TaskT:
        """Suno upload extend (endpoint of its own) (music-extend)."""

    @overload
    def submit(
        self,
        model_id: Literal["gpt4o-image/download-url", "4o-image-api/get-4-o-image-download-url"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.OpenaiGpt4oImageDownloadUrlInput],
    ) -> _TaskT:
        """GPT-4o Image, direct download link (download-url)."""

    @overload
    def submit(
        self,
        model_id: Literal["gpt4o-image/generate", "4o-image-api/generate-4-o-image"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.OpenaiGpt4oImageGenerateInput],
    ) -> _TaskT:
        """GPT-4o Image (endpoint of its own) (text-to-image, image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["lyrics", "suno-api/generate-lyrics"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoLyricsInput],
    ) -> _TaskT:
        """Suno lyrics (endpoint of its own) (lyrics)."""

    @overload
    def submit(
        self,
        model_id: Literal["midi/generate", "suno-api/generate-midi", "suno-midi"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoMidiGenerateInput],
    ) -> _TaskT:
        """Suno MIDI from audio (endpoint of its own) (midi)."""

    @overload
    def submit(
        self,
        model_id: Literal["mp4/generate", "suno-api/create-music-video"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoMp4GenerateInput],
    ) -> _TaskT:
        """Suno music video (endpoint of its own) (music-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["runway/extend", "runway-api/extend-ai-video"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.RunwayExtendInput],
    ) -> _TaskT:
        """Runway extend (endpoint of its own) (video-extend)."""

    @overload
    def submit(
        self,
        model_id: Literal["runway/generate", "runway-api/generate-ai-video"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.RunwayGenerateInput],
    ) -> _TaskT:
        """Runway (endpoint of its own) (text-to-video, image-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["style/generate", "suno-api/boost-music-style"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoStyleGenerateInput],
    ) -> _TaskT:
        """Suno style boost (endpoint of its own) (style-boost)."""

    @overload
    def submit(
        self,
        model_id: Literal["suno/cover/generate", "suno-api/cover-suno"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoCoverGenerateInput],
    ) -> _TaskT:
        """Suno cover art (endpoint of its own) (cover-art)."""

    @overload
    def submit(
        self,
        model_id: Literal["veo/extend@legacy", "veo3-api/extend-video"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GoogleVeoExtendLegacyInput],
    ) -> _TaskT:
        """Veo 3.1 extend (endpoint of its own) (video-extend)."""

    @overload
    def submit(
        self,
        model_id: Literal[
            "veo/generate",
            "veo-3",
            "veo-3.1-fast",
            "veo-3.1-lite",
            "veo-3.1-quality",
            "veo3",
            "veo3-api",
            "veo3-api/generate-veo-3-video",
            "veo3.1-fast",
            "veo3.1-lite",
            "veo3.1-quality",
            "veo3_fast",
            "veo3_lite",
        ],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GoogleVeoGenerateInput],
    ) -> _TaskT:
        """Veo 3.1 (endpoint of its own) (text-to-video, image-to-video, reference-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["veo/get-1080p-video@legacy", "veo3-api/get-veo-3-1080-p-video"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GoogleVeoGet1080pVideoLegacyInput],
    ) -> _TaskT:
        """Veo 3.1, 1080p version (endpoint of its own) (upscale)."""

    @overload
    def submit(
        self,
        model_id: Literal["veo/get-4k-video@legacy", "veo3-api/get-veo-3-4k-video"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GoogleVeoGet4kVideoLegacyInput],
    ) -> _TaskT:
        """Veo 3.1, 4K version (endpoint of its own) (upscale)."""

    @overload
    def submit(
        self,
        model_id: Literal["vocal-removal/generate", "suno-api/separate-vocals"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoVocalRemovalGenerateInput],
    ) -> _TaskT:
        """Suno vocal and stem separation (endpoint of its own) (vocal-separation)."""

    @overload
    def submit(
        self,
        model_id: Literal["voice/check-voice", "suno-api/suno-voice-check-voice"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoVoiceCheckVoiceInput],
    ) -> _TaskT:
        """Suno voice check voice (endpoint of its own) (check-voice)."""

    @overload
    def submit(
        self,
        model_id: Literal["voice/generate", "suno-api/suno-voice-generate"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoVoiceGenerateInput],
    ) -> _TaskT:
        """Suno voice generate (endpoint of its own) (create-voice)."""

    @overload
    def submit(
        self,
        model_id: Literal["voice/regenerate", "suno-api/suno-voice-regenerate"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoVoiceRegenerateInput],
    ) -> _TaskT:
        """Suno voice regenerate (endpoint of its own) (regenerate-phrase)."""

    @overload
    def submit(
        self,
        model_id: Literal["voice/validate", "suno-api/suno-voice-validate"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoVoiceValidateInput],
    ) -> _TaskT:
        """Suno voice Validate (endpoint of its own) (validation-phrase)."""

    @overload
    def submit(
        self,
        model_id: Literal["wav/generate", "suno-api/convert-to-wav"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoWavGenerateInput],
    ) -> _TaskT:
        """Suno song as WAV (endpoint of its own) (format-conversion)."""

    @overload
    def submit(
        self,
        model_id: Literal["mj/generate", "midjourney", "mj"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.MjGenerateInput],
    ) -> _TaskT:
        """Midjourney (text-to-image, image-to-image, image-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal[
            "mj_img2img", "mj_omni_reference", "mj_style_reference", "mj_txt2img", "mj_video", "mj_video_hd"
        ],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.MjGenerateImpliedInput],
    ) -> _TaskT:
        """Midjourney (text-to-image, image-to-image, image-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal[
            "modify/generate", "luma", "luma-api", "luma-api/modify", "luma-modify", "luma-modify-video", "luma/modify"
        ],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ModifyGenerateInput],
    ) -> _TaskT:
        """Luma Modify Video (video-edit)."""

    @overload
    def submit(
        self,
        model_id: Literal["service/elevenlabs/sfx"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ServiceElevenlabsSfxInput],
    ) -> _TaskT:
        """ElevenLabs sound effects (service pattern) (sound-effect)."""

    @overload
    def submit(
        self,
        model_id: Literal["service/elevenlabs/tts"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ServiceElevenlabsTtsInput],
    ) -> _TaskT:
        """ElevenLabs TTS (service pattern) (text-to-speech)."""

    @overload
    def submit(
        self,
        model_id: Literal["service/flux"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ServiceFluxInput],
    ) -> _TaskT:
        """FLUX (service pattern) (text-to-image, image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["service/ghibli"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ServiceGhibliInput],
    ) -> _TaskT:
        """Ghibli (service pattern) (text-to-image, image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["service/gpt4o-image"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ServiceGpt4oImageInput],
    ) -> _TaskT:
        """GPT-4o image (service pattern) (text-to-image, image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["service/hailuo"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ServiceHailuoInput],
    ) -> _TaskT:
        """Hailuo (service pattern) (text-to-video, image-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["service/kling"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ServiceKlingInput],
    ) -> _TaskT:
        """Kling (service pattern) (text-to-video, image-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["service/luma/modify"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ServiceLumaModifyInput],
    ) -> _TaskT:
        """Luma modify (service pattern) (video-edit)."""

    @overload
    def submit(
        self,
        model_id: Literal["service/midjourney"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ServiceMidjourneyInput],
    ) -> _TaskT:
        """Midjourney (service pattern) (text-to-image, image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["service/minimax"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ServiceMinimaxInput],
    ) -> _TaskT:
        """MiniMax (service pattern) (text-to-video, image-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["service/qwen"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ServiceQwenInput],
    ) -> _TaskT:
        """Qwen (service pattern) (text-to-image, image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["service/recraft/remove-bg"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ServiceRecraftRemoveBgInput],
    ) -> _TaskT:
        """Recraft remove Bg (service pattern) (background-removal)."""

    @overload
    def submit(
        self,
        model_id: Literal["service/runway"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ServiceRunwayInput],
    ) -> _TaskT:
        """Runway (service pattern) (text-to-video, image-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["service/seedance"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ServiceSeedanceInput],
    ) -> _TaskT:
        """Seedance (service pattern) (text-to-video, image-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["service/seedream"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ServiceSeedreamInput],
    ) -> _TaskT:
        """Seedream (service pattern) (text-to-image, image-to-image)."""

    @overload
    def submit(
        self,
        model_id: Literal["service/sora"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ServiceSoraInput],
    ) -> _TaskT:
        """Sora (service pattern) (text-to-video, image-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["service/suno"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ServiceSunoInput],
    ) -> _TaskT:
        """Suno (service pattern) (text-to-music)."""

    @overload
    def submit(
        self,
        model_id: Literal["service/wan"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ServiceWanInput],
    ) -> _TaskT:
        """Wan (service pattern) (text-to-video, image-to-video)."""

    @overload
    def submit(
        self,
        model_id: Literal["suno/recovery"],
        /,
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoRecoveryInput],
    ) -> _TaskT:
        """Suno recovery of a song (endpoint of its own) (recovery)."""

    @overload
    def submit(
        self,
        model_id: str,
        /,
        input: Mapping[str, Any],
        *,
        callback_url: str | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
    ) -> _TaskT:
        """Any model, its inputs in one mapping; they are judged at run time."""

    @overload
    def run(
        self,
        model_id: Literal[
            "4o-image-api",
            "4o-image",
            "custom_4o_image",
            "ghibli",
            "gpt-4o-image",
            "gpt-4o-image-generation",
            "gpt4o",
            "gpt4o-image",
        ],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Openai4oImageApiInput],
    ) -> _ResultT:
        """GPT-4o Image (text-to-image, image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["ai-music-api/add-instrumental"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiAddInstrumentalInput],
    ) -> _ResultT:
        """Suno add instrumental (add-instrumental)."""

    @overload
    def run(
        self,
        model_id: Literal["ai-music-api/add-vocals"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiAddVocalsInput],
    ) -> _ResultT:
        """Suno add vocals (add-vocals)."""

    @overload
    def run(
        self,
        model_id: Literal["ai-music-api/boost-music-style"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiBoostMusicStyleInput],
    ) -> _ResultT:
        """Suno style boost (style-boost)."""

    @overload
    def run(
        self,
        model_id: Literal["ai-music-api/check-voice"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiCheckVoiceInput],
    ) -> _ResultT:
        """Suno check voice (check-voice)."""

    @overload
    def run(
        self,
        model_id: Literal["ai-music-api/convert-to-wav-format", "ai-music-api/convert-to-wav", "suno-wav"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiConvertToWavFormatInput],
    ) -> _ResultT:
        """Suno song as WAV (format-conversion)."""

    @overload
    def run(
        self,
        model_id: Literal["ai-music-api/cover-generate"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiCoverGenerateInput],
    ) -> _ResultT:
        """Suno cover art (cover-art)."""

    @overload
    def run(
        self,
        model_id: Literal["ai-music-api/create-music-video", "suno-music-video"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiCreateMusicVideoInput],
    ) -> _ResultT:
        """Suno create music video (music-video)."""

    @overload
    def run(
        self,
        model_id: Literal["ai-music-api/create-voice"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiCreateVoiceInput],
    ) -> _ResultT:
        """Suno create voice (create-voice)."""

    @overload
    def run(
        self,
        model_id: Literal["ai-music-api/extend", "suno-extend"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiExtendInput],
    ) -> _ResultT:
        """Suno extend (music-extend)."""

    @overload
    def run(
        self,
        model_id: Literal[
            "ai-music-api/generate",
            "V3_5",
            "V4",
            "V4_5",
            "V4_5ALL",
            "V4_5PLUS",
            "V5",
            "V5_5",
            "V6",
            "V6_MINI",
            "V6_WILD",
            "suno",
            "suno-api",
            "suno-music",
            "suno-v3.5",
            "suno-v4",
            "suno-v4.5",
            "suno-v4.5all",
            "suno-v4.5plus",
            "suno-v5",
            "suno-v5.5",
            "suno-v6",
            "suno-v6_mini",
            "suno-v6_wild",
        ],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiGenerateInput],
    ) -> _ResultT:
        """Suno music (text-to-music)."""

    @overload
    def run(
        self,
        model_id: Literal["ai-music-api/generate-lyrics", "suno-lyrics"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiGenerateLyricsInput],
    ) -> _ResultT:
        """Suno lyrics (lyrics)."""

    @overload
    def run(
        self,
        model_id: Literal["ai-music-api/generate-midi-from-audio"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiGenerateMidiFromAudioInput],
    ) -> _ResultT:
        """Suno MIDI from audio (midi)."""

    @overload
    def run(
        self,
        model_id: Literal["ai-music-api/generate-persona"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiGeneratePersonaInput],
    ) -> _ResultT:
        """Suno generate persona (persona)."""

    @overload
    def run(
        self,
        model_id: Literal["ai-music-api/mashup"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiMashupInput],
    ) -> _ResultT:
        """Suno mashup (mashup)."""

    @overload
    def run(
        self,
        model_id: Literal["ai-music-api/regenerate-phrase"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiRegeneratePhraseInput],
    ) -> _ResultT:
        """Suno regenerate phrase (regenerate-phrase)."""

    @overload
    def run(
        self,
        model_id: Literal["ai-music-api/replace-section"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiReplaceSectionInput],
    ) -> _ResultT:
        """Suno replace section (replace-section)."""

    @overload
    def run(
        self,
        model_id: Literal["ai-music-api/separate-vocals", "vocal-removal", "vocal-separation"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiSeparateVocalsInput],
    ) -> _ResultT:
        """Suno vocal and stem separation (vocal-separation)."""

    @overload
    def run(
        self,
        model_id: Literal["ai-music-api/sounds", "elevenlabs/sfx", "sound-effects", "suno-sounds"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiSoundsInput],
    ) -> _ResultT:
        """Suno sounds (sound-effect)."""

    @overload
    def run(
        self,
        model_id: Literal["ai-music-api/suno-recovery-audio"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiSunoRecoveryAudioInput],
    ) -> _ResultT:
        """Suno recovery of a song (recovery)."""

    @overload
    def run(
        self,
        model_id: Literal["ai-music-api/timeStamped-lyrics"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiTimeStampedLyricsInput],
    ) -> _ResultT:
        """Suno timestamped lyrics (timestamped-lyrics)."""

    @overload
    def run(
        self,
        model_id: Literal["ai-music-api/upload-and-cover-audio"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiUploadAndCoverAudioInput],
    ) -> _ResultT:
        """Suno upload and cover audio (music-cover)."""

    @overload
    def run(
        self,
        model_id: Literal["ai-music-api/upload-and-extend-audio"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiUploadAndExtendAudioInput],
    ) -> _ResultT:
        """Suno upload and extend audio (music-extend)."""

    @overload
    def run(
        self,
        model_id: Literal["ai-music-api/validation-phrase"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.AiMusicApiValidationPhraseInput],
    ) -> _ResultT:
        """Suno validation phrase (validation-phrase)."""

    @overload
    def run(
        self,
        model_id: Literal["bytedance/seedance-1.5-pro", "bytedance/seedance-1-5", "seedance-1.5"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.BytedanceSeedance15ProInput],
    ) -> _ResultT:
        """Seedance 1.5 Pro (text-to-video, image-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["bytedance/seedance-2", "bytedance/seedance-2.0", "seedance", "seedance-2.0"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.BytedanceSeedance2Input],
    ) -> _ResultT:
        """Seedance 2 (text-to-video, image-to-video, reference-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["bytedance/seedance-2-5"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.BytedanceSeedance25Input],
    ) -> _ResultT:
        """Seedance 2.5 (text-to-video, image-to-video, reference-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["bytedance/seedance-2-fast", "seedance-2.0-fast"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.BytedanceSeedance2FastInput],
    ) -> _ResultT:
        """Seedance 2 Fast (text-to-video, image-to-video, reference-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["bytedance/seedance-2-mini"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.BytedanceSeedance2MiniInput],
    ) -> _ResultT:
        """Seedance 2 Mini (text-to-video, image-to-video, reference-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["bytedance/seedream", "seedream-3", "seedream-3.0", "seedream/seedream"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.BytedanceSeedreamInput],
    ) -> _ResultT:
        """Seedream 3.0 (text-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["bytedance/seedream-v4-edit", "seedream-4-edit"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.BytedanceSeedreamV4EditInput],
    ) -> _ResultT:
        """Seedream 4.0 edit (image-edit, image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["bytedance/seedream-v4-text-to-image", "seedream-4", "seedream-4.0", "seedream-v4"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.BytedanceSeedreamV4TextToImageInput],
    ) -> _ResultT:
        """Seedream 4.0 text to image (text-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["bytedance/v1-lite-image-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.BytedanceV1LiteImageToVideoInput],
    ) -> _ResultT:
        """ByteDance v1 Lite image to video (image-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal[
            "bytedance/v1-lite-text-to-video", "bytedance-v1-lite", "seedance-1-lite", "seedance-1.0-lite"
        ],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.BytedanceV1LiteTextToVideoInput],
    ) -> _ResultT:
        """ByteDance v1 Lite text to video (text-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["bytedance/v1-pro-fast-image-to-video", "bytedance-v1-pro-fast", "seedance-1-pro-fast"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.BytedanceV1ProFastImageToVideoInput],
    ) -> _ResultT:
        """ByteDance v1 Pro Fast image to video (image-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["bytedance/v1-pro-image-to-video", "bytedance-v1-pro-i2v", "seedance-1-pro-i2v"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.BytedanceV1ProImageToVideoInput],
    ) -> _ResultT:
        """ByteDance v1 Pro image to video (image-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal[
            "bytedance/v1-pro-text-to-video",
            "bytedance-v1-pro",
            "bytedance/v1-pro",
            "seedance-1-pro",
            "seedance-1.0-pro",
        ],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.BytedanceV1ProTextToVideoInput],
    ) -> _ResultT:
        """ByteDance v1 Pro text to video (text-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["chat/credit", "common-api/get-account-credits", "credits"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
    ) -> _ResultT:
        """Credits left on the account (credits)."""

    @overload
    def run(
        self,
        model_id: Literal["common/download-url", "common-api/download-url", "download-url"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.CommonDownloadUrlInput],
    ) -> _ResultT:
        """Download link of a result (download-url)."""

    @overload
    def run(
        self,
        model_id: Literal["elevenlabs/audio-isolation", "audio-isolation", "elevenlabs-audio-isolation"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ElevenlabsAudioIsolationInput],
    ) -> _ResultT:
        """ElevenLabs audio isolation (audio-isolation)."""

    @overload
    def run(
        self,
        model_id: Literal["elevenlabs/text-to-dialogue-v3", "eleven_v3", "elevenlabs-dialogue-v3", "elevenlabs-v3"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ElevenlabsTextToDialogueV3Input],
    ) -> _ResultT:
        """ElevenLabs text to dialogue V3 (text-to-dialogue)."""

    @overload
    def run(
        self,
        model_id: Literal[
            "elevenlabs/text-to-speech-multilingual-v2",
            "eleven_multilingual_v2",
            "elevenlabs",
            "elevenlabs-multilingual-v2",
            "elevenlabs-tts",
            "elevenlabs/tts",
        ],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ElevenlabsTextToSpeechMultilingualV2Input],
    ) -> _ResultT:
        """ElevenLabs text to speech Multilingual V2 (text-to-speech)."""

    @overload
    def run(
        self,
        model_id: Literal[
            "elevenlabs/text-to-speech-turbo-2-5",
            "eleven_turbo_v2_5",
            "elevenlabs-turbo-2.5",
            "elevenlabs/text-to-speech-turbo-v2-5",
        ],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ElevenlabsTextToSpeechTurbo25Input],
    ) -> _ResultT:
        """ElevenLabs text to speech Turbo 2.5 (text-to-speech)."""

    @overload
    def run(
        self,
        model_id: Literal["flux-2/flex-image-to-image", "flux-2-flex-edit", "flux2/flex-image-to-image"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Flux2FlexImageToImageInput],
    ) -> _ResultT:
        """FLUX 2 Flex image to image (image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["flux-2/flex-text-to-image", "flux-2-flex", "flux2-flex", "flux2/flex-text-to-image"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Flux2FlexTextToImageInput],
    ) -> _ResultT:
        """FLUX 2 Flex text to image (text-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["flux-2/pro-image-to-image", "flux-2-pro-edit", "flux2/pro-image-to-image"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Flux2ProImageToImageInput],
    ) -> _ResultT:
        """FLUX 2 Pro image to image (image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal[
            "flux-2/pro-text-to-image", "flux", "flux-2", "flux-2-pro", "flux2-pro", "flux2/pro-text-to-image"
        ],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Flux2ProTextToImageInput],
    ) -> _ResultT:
        """FLUX 2 Pro text to image (text-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["flux1-kontext", "custom_flux_kontext", "flux-kontext", "flux-kontext-api", "flux.1-kontext"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Flux1KontextInput],
    ) -> _ResultT:
        """FLUX.1 Kontext (text-to-image, image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["gemini-omni-video", "gemini-omni"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GeminiOmniVideoInput],
    ) -> _ResultT:
        """Gemini Omni video (text-to-video, image-to-video, video-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["google/gemini-2-5-pro-tts"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GoogleGemini25ProTtsInput],
    ) -> _ResultT:
        """Gemini 2.5 Pro TTS (text-to-speech)."""

    @overload
    def run(
        self,
        model_id: Literal["google/gemini-3-1-flash-tts", "gemini-tts"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GoogleGemini31FlashTtsInput],
    ) -> _ResultT:
        """Gemini 3.1 Flash TTS (text-to-speech)."""

    @overload
    def run(
        self,
        model_id: Literal["google/gemini-3-8-flash-lite-tts"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GoogleGemini38FlashLiteTtsInput],
    ) -> _ResultT:
        """Gemini 3.8 Flash Lite TTS (text-to-speech)."""

    @overload
    def run(
        self,
        model_id: Literal["google/gemini-3-8-flash-tts"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GoogleGemini38FlashTtsInput],
    ) -> _ResultT:
        """Gemini 3.8 Flash TTS (text-to-speech)."""

    @overload
    def run(
        self,
        model_id: Literal["google/gemini-omni-flash-1-1", "gemini-omni-flash", "gemini-omni-flash-1.1"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GoogleGeminiOmniFlash11Input],
    ) -> _ResultT:
        """Gemini Omni Flash 1.1 (text-to-video, image-to-video, video-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["google/imagen4", "google/imagen-4", "imagen", "imagen-4"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GoogleImagen4Input],
    ) -> _ResultT:
        """Imagen 4 (text-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["google/imagen4-fast", "google/imagen-4-fast", "imagen-4-fast"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GoogleImagen4FastInput],
    ) -> _ResultT:
        """Imagen 4 Fast (text-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["google/imagen4-ultra", "google/imagen-4-ultra", "imagen-4-ultra"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GoogleImagen4UltraInput],
    ) -> _ResultT:
        """Imagen 4 Ultra (text-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal[
            "google/nano-banana", "gemini-2.5-flash-image", "gemini-2.5-flash-image-preview", "nano-banana"
        ],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GoogleNanoBananaInput],
    ) -> _ResultT:
        """Nano Banana (text-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["google/nano-banana-edit", "nano-banana-edit"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GoogleNanoBananaEditInput],
    ) -> _ResultT:
        """Nano Banana edit (image-edit, image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["gpt-image-2-5-flare-image-to-image"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GptImage25FlareImageToImageInput],
    ) -> _ResultT:
        """GPT Image 2.5 Flare image to image (image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["gpt-image-2-5-flare-text-to-image", "gpt-image-2.5", "gpt-image-2.5-flare"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GptImage25FlareTextToImageInput],
    ) -> _ResultT:
        """GPT Image 2.5 Flare text to image (text-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["gpt-image-2-5-sunburst-image-to-image"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GptImage25SunburstImageToImageInput],
    ) -> _ResultT:
        """GPT Image 2.5 Sunburst image to image (image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["gpt-image-2-5-sunburst-text-to-image", "gpt-image-2.5-sunburst"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GptImage25SunburstTextToImageInput],
    ) -> _ResultT:
        """GPT Image 2.5 Sunburst text to image (text-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["gpt-image-2-image-to-image", "gpt-image-2-edit"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GptImage2ImageToImageInput],
    ) -> _ResultT:
        """GPT Image 2 image to image (image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["gpt-image-2-text-to-image", "gpt-image-2"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GptImage2TextToImageInput],
    ) -> _ResultT:
        """GPT Image 2 text to image (text-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["gpt-image/1.5-image-to-image", "gpt-image-1.5-edit"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GptImage15ImageToImageInput],
    ) -> _ResultT:
        """GPT Image 1.5 image to image (image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["gpt-image/1.5-text-to-image", "gpt-image", "gpt-image-1", "gpt-image-1.5"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GptImage15TextToImageInput],
    ) -> _ResultT:
        """GPT Image 1.5 text to image (text-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["grok-imagine-image-2-0/image-edit"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GrokImagineImage20ImageEditInput],
    ) -> _ResultT:
        """Grok Imagine Image 2.0 image edit (image-edit, image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["grok-imagine-image-2-0/segment-edit"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GrokImagineImage20SegmentEditInput],
    ) -> _ResultT:
        """Grok Imagine Image 2.0 segment edit (image-edit, image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["grok-imagine-image-2-0/segment-map"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GrokImagineImage20SegmentMapInput],
    ) -> _ResultT:
        """Grok Imagine Image 2.0 segment map (segmentation)."""

    @overload
    def run(
        self,
        model_id: Literal["grok-imagine-image-2-0/text-to-image", "grok-imagine-2.0", "grok-imagine-image-2"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GrokImagineImage20TextToImageInput],
    ) -> _ResultT:
        """Grok Imagine Image 2.0 text to image (text-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal[
            "grok-imagine-video-1-5-preview", "grok-imagine-1.5", "grok-imagine-video-1.5", "grok-imagine/1-5-preview"
        ],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GrokImagineVideo15PreviewInput],
    ) -> _ResultT:
        """Grok Imagine Video 1.5 Preview (image-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["grok-imagine/extend"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GrokImagineExtendInput],
    ) -> _ResultT:
        """Grok Imagine extend (video-extend)."""

    @overload
    def run(
        self,
        model_id: Literal["grok-imagine/image-to-image"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GrokImagineImageToImageInput],
    ) -> _ResultT:
        """Grok Imagine Image to image (image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["grok-imagine/image-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GrokImagineImageToVideoInput],
    ) -> _ResultT:
        """Grok Imagine Image to video (image-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["grok-imagine/text-to-image", "grok-imagine"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GrokImagineTextToImageInput],
    ) -> _ResultT:
        """Grok Imagine text to image (text-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["grok-imagine/text-to-video", "grok-imagine-video"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GrokImagineTextToVideoInput],
    ) -> _ResultT:
        """Grok Imagine text to video (text-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["grok-imagine/upscale"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GrokImagineUpscaleInput],
    ) -> _ResultT:
        """Grok Imagine upscale (upscale)."""

    @overload
    def run(
        self,
        model_id: Literal["hailuo/02-image-to-video-pro"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Hailuo02ImageToVideoProInput],
    ) -> _ResultT:
        """Hailuo 02 image to video Pro (image-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["hailuo/02-image-to-video-standard"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Hailuo02ImageToVideoStandardInput],
    ) -> _ResultT:
        """Hailuo 02 image to video Standard (image-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["hailuo/02-text-to-video-pro", "hailuo-02-pro"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Hailuo02TextToVideoProInput],
    ) -> _ResultT:
        """Hailuo 02 text to video Pro (text-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["hailuo/02-text-to-video-standard", "hailuo", "hailuo-02", "minimax-hailuo-02"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Hailuo02TextToVideoStandardInput],
    ) -> _ResultT:
        """Hailuo 02 text to video Standard (text-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["hailuo/2-3-image-to-video-pro", "hailuo-2.3-pro"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Hailuo23ImageToVideoProInput],
    ) -> _ResultT:
        """Hailuo 2.3 image to video Pro (image-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["hailuo/2-3-image-to-video-standard", "hailuo-2.3"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Hailuo23ImageToVideoStandardInput],
    ) -> _ResultT:
        """Hailuo 2.3 image to video Standard (image-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["happyhorse-1-1/image-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Happyhorse11ImageToVideoInput],
    ) -> _ResultT:
        """HappyHorse 1.1 image to video (image-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["happyhorse-1-1/reference-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Happyhorse11ReferenceToVideoInput],
    ) -> _ResultT:
        """HappyHorse 1.1 reference to video (reference-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["happyhorse-1-1/text-to-video", "happyhorse", "happyhorse-1.1"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Happyhorse11TextToVideoInput],
    ) -> _ResultT:
        """HappyHorse 1.1 text to video (text-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["happyhorse/image-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.HappyhorseImageToVideoInput],
    ) -> _ResultT:
        """HappyHorse image to video (image-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["happyhorse/reference-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.HappyhorseReferenceToVideoInput],
    ) -> _ResultT:
        """HappyHorse reference to video (reference-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["happyhorse/text-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.HappyhorseTextToVideoInput],
    ) -> _ResultT:
        """HappyHorse text to video (text-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["happyhorse/video-edit"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.HappyhorseVideoEditInput],
    ) -> _ResultT:
        """HappyHorse video edit (video-edit)."""

    @overload
    def run(
        self,
        model_id: Literal["ideogram/character"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.IdeogramCharacterInput],
    ) -> _ResultT:
        """Ideogram character (image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["ideogram/character-edit"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.IdeogramCharacterEditInput],
    ) -> _ResultT:
        """Ideogram character edit (image-edit, image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["ideogram/character-remix"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.IdeogramCharacterRemixInput],
    ) -> _ResultT:
        """Ideogram character remix (image-edit, image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["ideogram/v3-edit"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.IdeogramV3EditInput],
    ) -> _ResultT:
        """Ideogram V3 edit (image-edit, image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["ideogram/v3-remix"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.IdeogramV3RemixInput],
    ) -> _ResultT:
        """Ideogram V3 remix (image-edit, image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["ideogram/v3-text-to-image", "ideogram", "ideogram-3", "ideogram-v3", "ideogram/v3"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.IdeogramV3TextToImageInput],
    ) -> _ResultT:
        """Ideogram V3 text to image (text-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["infinitalk/from-audio", "infinitalk"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.InfinitalkFromAudioInput],
    ) -> _ResultT:
        """InfiniTalk from audio (lip-sync)."""

    @overload
    def run(
        self,
        model_id: Literal["kling-2.6/image-to-video", "kling-2.6-i2v", "kling/image-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Kling26ImageToVideoInput],
    ) -> _ResultT:
        """Kling 2.6 image to video (image-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["kling-2.6/motion-control", "kling/motion-control"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Kling26MotionControlInput],
    ) -> _ResultT:
        """Kling 2.6 motion control (motion-transfer)."""

    @overload
    def run(
        self,
        model_id: Literal["kling-2.6/text-to-video", "kling-2.6", "kling/text-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Kling26TextToVideoInput],
    ) -> _ResultT:
        """Kling 2.6 text to video (text-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["kling-3.0-omni/image-to-video", "kling/v3-omni-image-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Kling30OmniImageToVideoInput],
    ) -> _ResultT:
        """Kling 3.0 Omni image to video (image-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["kling-3.0-omni/reference-to-video", "kling/v3-omni-reference-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Kling30OmniReferenceToVideoInput],
    ) -> _ResultT:
        """Kling 3.0 Omni reference to video (reference-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["kling-3.0-omni/text-to-video", "kling-3.0-omni", "kling-o3", "kling/v3-omni-text-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Kling30OmniTextToVideoInput],
    ) -> _ResultT:
        """Kling 3.0 Omni text to video (text-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["kling-3.0-omni/transformation", "kling/v3-omni-transformation"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Kling30OmniTransformationInput],
    ) -> _ResultT:
        """Kling 3.0 Omni transformation (video-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["kling-3.0/motion-control", "kling/motion-control-v3"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Kling30MotionControlInput],
    ) -> _ResultT:
        """Kling 3.0 motion control (motion-transfer)."""

    @overload
    def run(
        self,
        model_id: Literal["kling-3.0/video", "kling", "kling-3", "kling-3.0", "kling-v3", "kling/kling-3-0"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Kling30VideoInput],
    ) -> _ResultT:
        """Kling 3.0 (text-to-video, image-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["kling/ai-avatar-pro", "kling-avatar-pro"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.KlingAiAvatarProInput],
    ) -> _ResultT:
        """Kling AI avatar Pro (avatar)."""

    @overload
    def run(
        self,
        model_id: Literal["kling/ai-avatar-standard", "kling-avatar"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.KlingAiAvatarStandardInput],
    ) -> _ResultT:
        """Kling AI avatar Standard (avatar)."""

    @overload
    def run(
        self,
        model_id: Literal["kling/v2-1-master-image-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.KlingV21MasterImageToVideoInput],
    ) -> _ResultT:
        """Kling 2.1 Master image to video (image-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["kling/v2-1-master-text-to-video", "kling-2.1-master", "kling-v2-1-master"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.KlingV21MasterTextToVideoInput],
    ) -> _ResultT:
        """Kling 2.1 Master text to video (text-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["kling/v2-1-pro", "kling-2.1-pro"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.KlingV21ProInput],
    ) -> _ResultT:
        """Kling 2.1 Pro (image-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["kling/v2-1-standard", "kling-2.1", "kling-2.1-standard"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.KlingV21StandardInput],
    ) -> _ResultT:
        """Kling 2.1 Standard (image-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal[
            "kling/v2-5-turbo-image-to-video-pro", "kling-2.5-turbo-i2v", "kling/v25-turbo-image-to-video-pro"
        ],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.KlingV25TurboImageToVideoProInput],
    ) -> _ResultT:
        """Kling 2.5 Turbo image to video Pro (image-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal[
            "kling/v2-5-turbo-text-to-video-pro", "kling-2.5", "kling-2.5-turbo", "kling/v25-turbo-text-to-video-pro"
        ],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.KlingV25TurboTextToVideoProInput],
    ) -> _ResultT:
        """Kling 2.5 Turbo text to video Pro (text-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["kling/v3-turbo-image-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.KlingV3TurboImageToVideoInput],
    ) -> _ResultT:
        """Kling 3.0 Turbo image to video (image-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["kling/v3-turbo-text-to-video", "kling-3-turbo", "kling-3.0-turbo"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.KlingV3TurboTextToVideoInput],
    ) -> _ResultT:
        """Kling 3.0 Turbo text to video (text-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["minimax-h3/image-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.MinimaxH3ImageToVideoInput],
    ) -> _ResultT:
        """MiniMax H3 image to video (image-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["minimax-h3/reference-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.MinimaxH3ReferenceToVideoInput],
    ) -> _ResultT:
        """MiniMax H3 reference to video (reference-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["minimax-h3/text-to-video", "minimax", "minimax-h3"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.MinimaxH3TextToVideoInput],
    ) -> _ResultT:
        """MiniMax H3 text to video (text-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal[
            "nano-banana-2",
            "gemini-3.1-flash-image",
            "gemini-3.1-flash-image-preview",
            "google/nano-banana-2",
            "google/nanobanana2",
            "nanobanana2",
        ],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.NanoBanana2Input],
    ) -> _ResultT:
        """Nano Banana 2 (text-to-image, image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["nano-banana-2-1"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.NanoBanana21Input],
    ) -> _ResultT:
        """Nano Banana 2.1 (text-to-image, image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["nano-banana-2-lite"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.NanoBanana2LiteInput],
    ) -> _ResultT:
        """Nano Banana 2 Lite (text-to-image, image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal[
            "nano-banana-pro",
            "gemini-3-pro-image",
            "gemini-3-pro-image-preview",
            "google/nano-banana-pro",
            "google/pro-image-to-image",
            "nano-banana-3",
        ],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.NanoBananaProInput],
    ) -> _ResultT:
        """Nano Banana Pro (text-to-image, image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["omni/audio/create", "gemini-omni-audio"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.OmniAudioCreateInput],
    ) -> _ResultT:
        """Gemini Omni voice (voice-create)."""

    @overload
    def run(
        self,
        model_id: Literal["omni/character/create", "gemini-omni-character"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.OmniCharacterCreateInput],
    ) -> _ResultT:
        """Gemini Omni character (character-create)."""

    @overload
    def run(
        self,
        model_id: Literal["omnihuman-1-5", "bytedance/omnihuman-1.5", "omni-human", "omnihuman"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Omnihuman15Input],
    ) -> _ResultT:
        """OmniHuman 1.5 (avatar)."""

    @overload
    def run(
        self,
        model_id: Literal["omnihuman-1-5/human-identification"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Omnihuman15HumanIdentificationInput],
    ) -> _ResultT:
        """OmniHuman 1.5 human identification (image-analysis)."""

    @overload
    def run(
        self,
        model_id: Literal["omnihuman-1-5/subject-detection"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Omnihuman15SubjectDetectionInput],
    ) -> _ResultT:
        """OmniHuman 1.5 subject detection (segmentation)."""

    @overload
    def run(
        self,
        model_id: Literal["pixverse-v6/extend", "pixverse/extend"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.PixverseV6ExtendInput],
    ) -> _ResultT:
        """PixVerse V6 extend (video-extend)."""

    @overload
    def run(
        self,
        model_id: Literal["pixverse-v6/image-to-video", "pixverse/image-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.PixverseV6ImageToVideoInput],
    ) -> _ResultT:
        """PixVerse V6 image to video (image-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["pixverse-v6/reference-to-video", "pixverse/reference-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.PixverseV6ReferenceToVideoInput],
    ) -> _ResultT:
        """PixVerse V6 reference to video (reference-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["pixverse-v6/text-to-video", "pixverse", "pixverse-v6", "pixverse/text-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.PixverseV6TextToVideoInput],
    ) -> _ResultT:
        """PixVerse V6 text to video (text-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["pixverse-v6/transition", "pixverse/transition"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.PixverseV6TransitionInput],
    ) -> _ResultT:
        """PixVerse V6 transition (transition)."""

    @overload
    def run(
        self,
        model_id: Literal["qwen/image-edit", "qwen-image-edit"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.QwenImageEditInput],
    ) -> _ResultT:
        """Qwen image edit (image-edit, image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["qwen/image-to-image"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.QwenImageToImageInput],
    ) -> _ResultT:
        """Qwen image to image (image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["qwen/text-to-image", "qwen", "qwen-image"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.QwenTextToImageInput],
    ) -> _ResultT:
        """Qwen text to image (text-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["qwen2-1/image-to-image"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Qwen21ImageToImageInput],
    ) -> _ResultT:
        """Qwen 2.1 image to image (image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["qwen2-1/text-to-image", "qwen-image-2.1"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Qwen21TextToImageInput],
    ) -> _ResultT:
        """Qwen 2.1 text to image (text-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["qwen2/image-edit", "qwen-image-2-edit"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Qwen2ImageEditInput],
    ) -> _ResultT:
        """Qwen 2 image edit (image-edit, image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["qwen2/text-to-image", "qwen-image-2"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Qwen2TextToImageInput],
    ) -> _ResultT:
        """Qwen 2 text to image (text-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["qwen3/image-to-image"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Qwen3ImageToImageInput],
    ) -> _ResultT:
        """Qwen 3 image to image (image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["qwen3/pro-image-to-image", "qwen3-pro/image-to-image"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Qwen3ProImageToImageInput],
    ) -> _ResultT:
        """Qwen 3 Pro image to image (image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["qwen3/pro-text-to-image", "qwen-image-3-pro", "qwen3-pro/text-to-image"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Qwen3ProTextToImageInput],
    ) -> _ResultT:
        """Qwen 3 Pro text to image (text-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["qwen3/text-to-image", "qwen-image-3"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Qwen3TextToImageInput],
    ) -> _ResultT:
        """Qwen 3 text to image (text-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["recraft/crisp-upscale"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.RecraftCrispUpscaleInput],
    ) -> _ResultT:
        """Recraft Crisp upscale (upscale)."""

    @overload
    def run(
        self,
        model_id: Literal[
            "recraft/remove-background",
            "background-removal",
            "recraft",
            "recraft/remove-bg",
            "remove-background",
            "remove-bg",
        ],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.RecraftRemoveBackgroundInput],
    ) -> _ResultT:
        """Recraft remove background (background-removal)."""

    @overload
    def run(
        self,
        model_id: Literal["runway", "runway-gen-3", "runway-gen-4", "runwayml"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.RunwayInput],
    ) -> _ResultT:
        """Runway (text-to-video, image-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["runway/extend-ai-video", "runway-extend"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.RunwayExtendAiVideoInput],
    ) -> _ResultT:
        """Runway extend (video-extend)."""

    @overload
    def run(
        self,
        model_id: Literal["runway/gen4-aleph", "aleph", "gen4-aleph", "runway-aleph", "runway/aleph"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.RunwayGen4AlephInput],
    ) -> _ResultT:
        """Runway Gen-4 Aleph (video-edit)."""

    @overload
    def run(
        self,
        model_id: Literal["seedream/4.5-edit", "seedream-4.5-edit"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Seedream45EditInput],
    ) -> _ResultT:
        """Seedream 4.5 edit (image-edit, image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["seedream/4.5-text-to-image", "seedream", "seedream-4.5"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Seedream45TextToImageInput],
    ) -> _ResultT:
        """Seedream 4.5 text to image (text-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["seedream/5-flash-image-to-image"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Seedream5FlashImageToImageInput],
    ) -> _ResultT:
        """Seedream 5.0 Flash image to image (image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["seedream/5-flash-layer-decomposition"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Seedream5FlashLayerDecompositionInput],
    ) -> _ResultT:
        """Seedream 5.0 Flash layer decomposition (layer-decomposition)."""

    @overload
    def run(
        self,
        model_id: Literal["seedream/5-flash-text-to-image", "seedream-5-flash"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Seedream5FlashTextToImageInput],
    ) -> _ResultT:
        """Seedream 5.0 Flash text to image (text-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal[
            "seedream/5-lite-image-to-image", "market/seedream-5-lite-image-to-image", "seedream-5-lite-edit"
        ],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Seedream5LiteImageToImageInput],
    ) -> _ResultT:
        """Seedream 5.0 Lite image to image (image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["seedream/5-lite-text-to-image", "seedream-5-lite", "seedream-5.0-lite"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Seedream5LiteTextToImageInput],
    ) -> _ResultT:
        """Seedream 5.0 Lite text to image (text-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["seedream/5-pro-image-to-image", "seedream-5-pro-edit"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Seedream5ProImageToImageInput],
    ) -> _ResultT:
        """Seedream 5.0 Pro image to image (image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["seedream/5-pro-layer-decomposition"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Seedream5ProLayerDecompositionInput],
    ) -> _ResultT:
        """Seedream 5.0 Pro layer decomposition (layer-decomposition)."""

    @overload
    def run(
        self,
        model_id: Literal["seedream/5-pro-text-to-image", "seedream-5", "seedream-5-pro", "seedream-5.0-pro"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Seedream5ProTextToImageInput],
    ) -> _ResultT:
        """Seedream 5.0 Pro text to image (text-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["topaz/image-upscale", "topaz", "topaz-upscale"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.TopazImageUpscaleInput],
    ) -> _ResultT:
        """Topaz image upscale (upscale)."""

    @overload
    def run(
        self,
        model_id: Literal["topaz/video-upscale"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.TopazVideoUpscaleInput],
    ) -> _ResultT:
        """Topaz video upscale (upscale)."""

    @overload
    def run(
        self,
        model_id: Literal["veo-3-1", "google/veo-3.1", "veo", "veo3.1"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Veo31Input],
    ) -> _ResultT:
        """Veo 3.1 (text-to-video, image-to-video, reference-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["veo/extend", "veo-3.1-extend"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.VeoExtendInput],
    ) -> _ResultT:
        """Veo 3.1 extend (video-extend)."""

    @overload
    def run(
        self,
        model_id: Literal["veo/get-1080p-video"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.VeoGet1080pVideoInput],
    ) -> _ResultT:
        """Veo 3.1, 1080p version (upscale)."""

    @overload
    def run(
        self,
        model_id: Literal["veo/get-4k-video"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.VeoGet4kVideoInput],
    ) -> _ResultT:
        """Veo 3.1, 4K version (upscale)."""

    @overload
    def run(
        self,
        model_id: Literal["volcengine/video-to-video-lip-sync", "lip-sync", "volcengine-lip-sync"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.VolcengineVideoToVideoLipSyncInput],
    ) -> _ResultT:
        """Volcengine video to video lip sync (lip-sync)."""

    @overload
    def run(
        self,
        model_id: Literal["wan/2-2-a14b-image-to-video-turbo"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan22A14bImageToVideoTurboInput],
    ) -> _ResultT:
        """Wan 2.2 A14B image to video Turbo (image-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["wan/2-2-a14b-speech-to-video-turbo"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan22A14bSpeechToVideoTurboInput],
    ) -> _ResultT:
        """Wan 2.2 A14B speech to video Turbo (speech-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["wan/2-2-a14b-text-to-video-turbo", "wan-2.2", "wan-2.2-turbo"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan22A14bTextToVideoTurboInput],
    ) -> _ResultT:
        """Wan 2.2 A14B text to video Turbo (text-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["wan/2-2-animate-move", "wan-2.2-animate"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan22AnimateMoveInput],
    ) -> _ResultT:
        """Wan 2.2 animate move (motion-transfer)."""

    @overload
    def run(
        self,
        model_id: Literal["wan/2-2-animate-replace"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan22AnimateReplaceInput],
    ) -> _ResultT:
        """Wan 2.2 animate replace (motion-transfer)."""

    @overload
    def run(
        self,
        model_id: Literal["wan/2-5-image-to-video", "wan-2.5-i2v"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan25ImageToVideoInput],
    ) -> _ResultT:
        """Wan 2.5 image to video (image-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["wan/2-5-text-to-video", "wan-2.5"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan25TextToVideoInput],
    ) -> _ResultT:
        """Wan 2.5 text to video (text-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["wan/2-6-flash-image-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan26FlashImageToVideoInput],
    ) -> _ResultT:
        """Wan 2.6 Flash image to video (image-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["wan/2-6-flash-video-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan26FlashVideoToVideoInput],
    ) -> _ResultT:
        """Wan 2.6 Flash video to video (video-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["wan/2-6-image-to-video", "wan-2.6-i2v"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan26ImageToVideoInput],
    ) -> _ResultT:
        """Wan 2.6 image to video (image-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["wan/2-6-text-to-video", "wan-2.6"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan26TextToVideoInput],
    ) -> _ResultT:
        """Wan 2.6 text to video (text-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["wan/2-6-video-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan26VideoToVideoInput],
    ) -> _ResultT:
        """Wan 2.6 video to video (video-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["wan/2-7-image", "wan-2.7-image", "wan-image"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan27ImageInput],
    ) -> _ResultT:
        """Wan 2.7 image (text-to-image, image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["wan/2-7-image-pro"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan27ImageProInput],
    ) -> _ResultT:
        """Wan 2.7 image Pro (text-to-image, image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["wan/2-7-image-to-video", "wan-2.7-i2v"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan27ImageToVideoInput],
    ) -> _ResultT:
        """Wan 2.7 image to video (image-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["wan/2-7-r2v", "wan-2.7-reference-to-video", "wan/2-7-reference-to-video"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan27R2vInput],
    ) -> _ResultT:
        """Wan 2.7 reference to video (reference-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["wan/2-7-text-to-video", "wan-2.7"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan27TextToVideoInput],
    ) -> _ResultT:
        """Wan 2.7 text to video (text-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["wan/2-7-videoedit", "wan-2.7-video-edit"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan27VideoeditInput],
    ) -> _ResultT:
        """Wan 2.7 video edit (video-edit)."""

    @overload
    def run(
        self,
        model_id: Literal["wan/3-0-video", "wan", "wan-3", "wan-3.0"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan30VideoInput],
    ) -> _ResultT:
        """Wan 3.0 video (text-to-video, image-to-video, reference-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["wan/3-0-video-prime", "wan-3.0-prime"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.Wan30VideoPrimeInput],
    ) -> _ResultT:
        """Wan 3.0 video Prime (text-to-video, image-to-video, reference-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["z-image", "z-image-turbo"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ZImageInput],
    ) -> _ResultT:
        """Z-Image (text-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["aleph/generate", "runway-api/generate-aleph-video"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.RunwayAlephGenerateInput],
    ) -> _ResultT:
        """Runway Aleph (endpoint of its own) (video-edit)."""

    @overload
    def run(
        self,
        model_id: Literal[
            "flux/kontext/generate",
            "black-forest-labs/flux-kontext-max",
            "black-forest-labs/flux-kontext-pro",
            "flux-kontext-api/generate-or-edit-image",
            "flux-kontext-max",
            "flux-kontext-pro",
            "flux.1-kontext-max",
            "flux.1-kontext-pro",
            "flux1-kontext-max",
            "flux1-kontext-pro",
        ],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.FluxKontextGenerateInput],
    ) -> _ResultT:
        """FLUX.1 Kontext (endpoint of its own) (text-to-image, image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["generate", "suno-api/generate-music"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoGenerateInput],
    ) -> _ResultT:
        """Suno music (endpoint of its own) (text-to-music)."""

    @overload
    def run(
        self,
        model_id: Literal["generate/add-instrumental", "suno-api/add-instrumental"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoGenerateAddInstrumentalInput],
    ) -> _ResultT:
        """Suno add instrumental (endpoint of its own) (add-instrumental)."""

    @overload
    def run(
        self,
        model_id: Literal["generate/add-vocals", "suno-api/add-vocals"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoGenerateAddVocalsInput],
    ) -> _ResultT:
        """Suno add vocals (endpoint of its own) (add-vocals)."""

    @overload
    def run(
        self,
        model_id: Literal["generate/extend", "suno-api/extend-music"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoGenerateExtendInput],
    ) -> _ResultT:
        """Suno extend (endpoint of its own) (music-extend)."""

    @overload
    def run(
        self,
        model_id: Literal["generate/generate-persona", "suno-api/generate-persona"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoGenerateGeneratePersonaInput],
    ) -> _ResultT:
        """Suno generate persona (endpoint of its own) (persona)."""

    @overload
    def run(
        self,
        model_id: Literal[
            "generate/get-timestamped-lyrics", "suno-api/get-timestamped-lyrics", "suno-timestamped-lyrics"
        ],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoGenerateGetTimestampedLyricsInput],
    ) -> _ResultT:
        """Suno timestamped lyrics (endpoint of its own) (timestamped-lyrics)."""

    @overload
    def run(
        self,
        model_id: Literal["generate/mashup", "suno-api/generate-mashup"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoGenerateMashupInput],
    ) -> _ResultT:
        """Suno mashup (endpoint of its own) (mashup)."""

    @overload
    def run(
        self,
        model_id: Literal["generate/replace-section", "suno-api/replace-section"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoGenerateReplaceSectionInput],
    ) -> _ResultT:
        """Suno replace section (endpoint of its own) (replace-section)."""

    @overload
    def run(
        self,
        model_id: Literal["generate/sounds", "suno-api/generate-sounds"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoGenerateSoundsInput],
    ) -> _ResultT:
        """Suno sounds (endpoint of its own) (sound-effect)."""

    @overload
    def run(
        self,
        model_id: Literal["generate/upload-cover", "suno-api/upload-and-cover-audio"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoGenerateUploadCoverInput],
    ) -> _ResultT:
        """Suno upload cover (endpoint of its own) (music-cover)."""

    @overload
    def run(
        self,
        model_id: Literal["generate/upload-extend", "suno-api/upload-and-extend-audio"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoGenerateUploadExtendInput],
    ) -> _ResultT:
        """Suno upload extend (endpoint of its own) (music-extend)."""

    @overload
    def run(
        self,
        model_id: Literal["gpt4o-image/download-url", "4o-image-api/get-4-o-image-download-url"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.OpenaiGpt4oImageDownloadUrlInput],
    ) -> _ResultT:
        """GPT-4o Image, direct download link (download-url)."""

    @overload
    def run(
        self,
        model_id: Literal["gpt4o-image/generate", "4o-image-api/generate-4-o-image"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.OpenaiGpt4oImageGenerateInput],
    ) -> _ResultT:
        """GPT-4o Image (endpoint of its own) (text-to-image, image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["lyrics", "suno-api/generate-lyrics"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoLyricsInput],
    ) -> _ResultT:
        """Suno lyrics (endpoint of its own) (lyrics)."""

    @overload
    def run(
        self,
        model_id: Literal["midi/generate", "suno-api/generate-midi", "suno-midi"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoMidiGenerateInput],
    ) -> _ResultT:
        """Suno MIDI from audio (endpoint of its own) (midi)."""

    @overload
    def run(
        self,
        model_id: Literal["mp4/generate", "suno-api/create-music-video"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoMp4GenerateInput],
    ) -> _ResultT:
        """Suno music video (endpoint of its own) (music-video)."""

    @overload
    def run(
        self,
        model_id: Literal["runway/extend", "runway-api/extend-ai-video"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.RunwayExtendInput],
    ) -> _ResultT:
        """Runway extend (endpoint of its own) (video-extend)."""

    @overload
    def run(
        self,
        model_id: Literal["runway/generate", "runway-api/generate-ai-video"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.RunwayGenerateInput],
    ) -> _ResultT:
        """Runway (endpoint of its own) (text-to-video, image-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["style/generate", "suno-api/boost-music-style"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoStyleGenerateInput],
    ) -> _ResultT:
        """Suno style boost (endpoint of its own) (style-boost)."""

    @overload
    def run(
        self,
        model_id: Literal["suno/cover/generate", "suno-api/cover-suno"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoCoverGenerateInput],
    ) -> _ResultT:
        """Suno cover art (endpoint of its own) (cover-art)."""

    @overload
    def run(
        self,
        model_id: Literal["veo/extend@legacy", "veo3-api/extend-video"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GoogleVeoExtendLegacyInput],
    ) -> _ResultT:
        """Veo 3.1 extend (endpoint of its own) (video-extend)."""

    @overload
    def run(
        self,
        model_id: Literal[
            "veo/generate",
            "veo-3",
            "veo-3.1-fast",
            "veo-3.1-lite",
            "veo-3.1-quality",
            "veo3",
            "veo3-api",
            "veo3-api/generate-veo-3-video",
            "veo3.1-fast",
            "veo3.1-lite",
            "veo3.1-quality",
            "veo3_fast",
            "veo3_lite",
        ],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GoogleVeoGenerateInput],
    ) -> _ResultT:
        """Veo 3.1 (endpoint of its own) (text-to-video, image-to-video, reference-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["veo/get-1080p-video@legacy", "veo3-api/get-veo-3-1080-p-video"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GoogleVeoGet1080pVideoLegacyInput],
    ) -> _ResultT:
        """Veo 3.1, 1080p version (endpoint of its own) (upscale)."""

    @overload
    def run(
        self,
        model_id: Literal["veo/get-4k-video@legacy", "veo3-api/get-veo-3-4k-video"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.GoogleVeoGet4kVideoLegacyInput],
    ) -> _ResultT:
        """Veo 3.1, 4K version (endpoint of its own) (upscale)."""

    @overload
    def run(
        self,
        model_id: Literal["vocal-removal/generate", "suno-api/separate-vocals"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoVocalRemovalGenerateInput],
    ) -> _ResultT:
        """Suno vocal and stem separation (endpoint of its own) (vocal-separation)."""

    @overload
    def run(
        self,
        model_id: Literal["voice/check-voice", "suno-api/suno-voice-check-voice"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoVoiceCheckVoiceInput],
    ) -> _ResultT:
        """Suno voice check voice (endpoint of its own) (check-voice)."""

    @overload
    def run(
        self,
        model_id: Literal["voice/generate", "suno-api/suno-voice-generate"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoVoiceGenerateInput],
    ) -> _ResultT:
        """Suno voice generate (endpoint of its own) (create-voice)."""

    @overload
    def run(
        self,
        model_id: Literal["voice/regenerate", "suno-api/suno-voice-regenerate"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoVoiceRegenerateInput],
    ) -> _ResultT:
        """Suno voice regenerate (endpoint of its own) (regenerate-phrase)."""

    @overload
    def run(
        self,
        model_id: Literal["voice/validate", "suno-api/suno-voice-validate"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoVoiceValidateInput],
    ) -> _ResultT:
        """Suno voice Validate (endpoint of its own) (validation-phrase)."""

    @overload
    def run(
        self,
        model_id: Literal["wav/generate", "suno-api/convert-to-wav"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoWavGenerateInput],
    ) -> _ResultT:
        """Suno song as WAV (endpoint of its own) (format-conversion)."""

    @overload
    def run(
        self,
        model_id: Literal["mj/generate", "midjourney", "mj"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.MjGenerateInput],
    ) -> _ResultT:
        """Midjourney (text-to-image, image-to-image, image-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal[
            "mj_img2img", "mj_omni_reference", "mj_style_reference", "mj_txt2img", "mj_video", "mj_video_hd"
        ],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.MjGenerateImpliedInput],
    ) -> _ResultT:
        """Midjourney (text-to-image, image-to-image, image-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal[
            "modify/generate", "luma", "luma-api", "luma-api/modify", "luma-modify", "luma-modify-video", "luma/modify"
        ],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ModifyGenerateInput],
    ) -> _ResultT:
        """Luma Modify Video (video-edit)."""

    @overload
    def run(
        self,
        model_id: Literal["service/elevenlabs/sfx"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ServiceElevenlabsSfxInput],
    ) -> _ResultT:
        """ElevenLabs sound effects (service pattern) (sound-effect)."""

    @overload
    def run(
        self,
        model_id: Literal["service/elevenlabs/tts"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ServiceElevenlabsTtsInput],
    ) -> _ResultT:
        """ElevenLabs TTS (service pattern) (text-to-speech)."""

    @overload
    def run(
        self,
        model_id: Literal["service/flux"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ServiceFluxInput],
    ) -> _ResultT:
        """FLUX (service pattern) (text-to-image, image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["service/ghibli"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ServiceGhibliInput],
    ) -> _ResultT:
        """Ghibli (service pattern) (text-to-image, image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["service/gpt4o-image"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ServiceGpt4oImageInput],
    ) -> _ResultT:
        """GPT-4o image (service pattern) (text-to-image, image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["service/hailuo"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ServiceHailuoInput],
    ) -> _ResultT:
        """Hailuo (service pattern) (text-to-video, image-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["service/kling"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ServiceKlingInput],
    ) -> _ResultT:
        """Kling (service pattern) (text-to-video, image-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["service/luma/modify"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ServiceLumaModifyInput],
    ) -> _ResultT:
        """Luma modify (service pattern) (video-edit)."""

    @overload
    def run(
        self,
        model_id: Literal["service/midjourney"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ServiceMidjourneyInput],
    ) -> _ResultT:
        """Midjourney (service pattern) (text-to-image, image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["service/minimax"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ServiceMinimaxInput],
    ) -> _ResultT:
        """MiniMax (service pattern) (text-to-video, image-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["service/qwen"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ServiceQwenInput],
    ) -> _ResultT:
        """Qwen (service pattern) (text-to-image, image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["service/recraft/remove-bg"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ServiceRecraftRemoveBgInput],
    ) -> _ResultT:
        """Recraft remove Bg (service pattern) (background-removal)."""

    @overload
    def run(
        self,
        model_id: Literal["service/runway"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ServiceRunwayInput],
    ) -> _ResultT:
        """Runway (service pattern) (text-to-video, image-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["service/seedance"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ServiceSeedanceInput],
    ) -> _ResultT:
        """Seedance (service pattern) (text-to-video, image-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["service/seedream"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ServiceSeedreamInput],
    ) -> _ResultT:
        """Seedream (service pattern) (text-to-image, image-to-image)."""

    @overload
    def run(
        self,
        model_id: Literal["service/sora"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ServiceSoraInput],
    ) -> _ResultT:
        """Sora (service pattern) (text-to-video, image-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["service/suno"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ServiceSunoInput],
    ) -> _ResultT:
        """Suno (service pattern) (text-to-music)."""

    @overload
    def run(
        self,
        model_id: Literal["service/wan"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.ServiceWanInput],
    ) -> _ResultT:
        """Wan (service pattern) (text-to-video, image-to-video)."""

    @overload
    def run(
        self,
        model_id: Literal["suno/recovery"],
        /,
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **params: Unpack[t.SunoRecoveryInput],
    ) -> _ResultT:
        """Suno recovery of a song (endpoint of its own) (recovery)."""

    @overload
    def run(
        self,
        model_id: str,
        /,
        input: Mapping[str, Any],
        *,
        callback_url: str | None = ...,
        timeout: float | None = ...,
        max_credits: Decimal | float | str | None = ...,
        extra: Mapping[str, Any] | None = ...,
    ) -> _ResultT:
        """Any model, its inputs in one mapping; they are judged at run time."""

class TypedKie(_Typed[Task, Result]): ...
class TypedAsyncKie(_Typed[Coroutine[Any, Any, AsyncTask], Coroutine[Any, Any, AsyncResult]]): ...
